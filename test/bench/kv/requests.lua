-- Asks for the paths of a file again and again, in their order. Behind a tab stands an ETag that is known.
local requests, at = {}, 0

function init(args)
  for line in io.lines(args[1]) do
    local path, etag = string.match(line, '^([^\t]*)\t(.*)$')
    requests[#requests + 1] = wrk.format('GET', path or line, etag and { ['If-None-Match'] = etag } or {})
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('{"requests":%d,"seconds":%f,"p50Ms":%f,"p99Ms":%f,"errors":%d}\n', summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
