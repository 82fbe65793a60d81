;; What the CPU engine does for every row and every item. Addresses are in bytes, `n` counts rows or items, contexts stand
;; side by side: number c of row r at 4 x (r x contexts + c) bytes, where there are 1 or 4 of them.
(module
  (import "env" "memory" (memory 1))

  ;; out[r x contexts] = scales[r] x step x int8[r] . (high + low / 65534), for r < n. A row has $dim int8, high and low as many
  ;; int16 each and zeros up to a multiple of 8; what is read behind the last row counts nothing.
  (func (export "buckets")
    (param $int8 i32) (param $scales i32) (param $high i32) (param $low i32) (param $n i32) (param $dim i32)
    (param $step f32) (param $contexts i32) (param $out i32)
    (local $end i32) (local $k i32) (local $row v128) (local $sum v128) (local $rest v128) (local $width i32)
    (local.set $end (i32.add (local.get $scales) (i32.shl (local.get $n) (i32.const 2))))
    (local.set $width (i32.shl (local.get $contexts) (i32.const 2)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $scales) (local.get $end)))
        (local.set $sum (v128.const i32x4 0 0 0 0))
        (local.set $rest (v128.const i32x4 0 0 0 0))
        (local.set $k (i32.const 0))
        (loop $more
          (local.set $row (v128.load8x8_s (i32.add (local.get $int8) (local.get $k))))
          (local.set $sum
            (i32x4.add (local.get $sum)
              (i32x4.dot_i16x8_s (local.get $row)
                (v128.load (i32.add (local.get $high) (i32.shl (local.get $k) (i32.const 1)))))))
          (local.set $rest
            (i32x4.add (local.get $rest)
              (i32x4.dot_i16x8_s (local.get $row)
                (v128.load (i32.add (local.get $low) (i32.shl (local.get $k) (i32.const 1)))))))
          (local.set $k (i32.add (local.get $k) (i32.const 8)))
          (br_if $more (i32.lt_u (local.get $k) (local.get $dim))))
        (local.set $sum
          (f32x4.add (f32x4.convert_i32x4_s (local.get $sum))
            (f32x4.mul (f32x4.convert_i32x4_s (local.get $rest)) (f32x4.splat (f32.const 1.5259254738e-5)))))
        (f32.store (local.get $out)
          (f32.mul
            (f32.mul (f32.load (local.get $scales)) (local.get $step))
            (f32.add
              (f32.add (f32x4.extract_lane 0 (local.get $sum)) (f32x4.extract_lane 1 (local.get $sum)))
              (f32.add (f32x4.extract_lane 2 (local.get $sum)) (f32x4.extract_lane 3 (local.get $sum))))))
        (local.set $int8 (i32.add (local.get $int8) (local.get $dim)))
        (local.set $scales (i32.add (local.get $scales) (i32.const 4)))
        (local.set $out (i32.add (local.get $out) (local.get $width)))
        (br $next))))

  ;; out[i] = prior[i] + sum of buckets[r] over the rows of item i, for i < n, in one context.
  (func (export "gather1")
    (param $buckets i32) (param $offsets i32) (param $rows i32) (param $prior i32) (param $n i32) (param $out i32)
    (local $end i32) (local $at i32) (local $stop i32) (local $sum f32)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $n) (i32.const 2))))
    (local.set $at (i32.add (local.get $rows) (i32.shl (i32.load (local.get $offsets)) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $out) (local.get $end)))
        (local.set $offsets (i32.add (local.get $offsets) (i32.const 4)))
        (local.set $stop (i32.add (local.get $rows) (i32.shl (i32.load (local.get $offsets)) (i32.const 2))))
        (local.set $sum (f32.load (local.get $prior)))
        (block $full
          (loop $more
            (br_if $full (i32.ge_u (local.get $at) (local.get $stop)))
            (local.set $sum
              (f32.add (local.get $sum)
                (f32.load (i32.add (local.get $buckets) (i32.shl (i32.load (local.get $at)) (i32.const 2))))))
            (local.set $at (i32.add (local.get $at) (i32.const 4)))
            (br $more)))
        (f32.store (local.get $out) (local.get $sum))
        (local.set $prior (i32.add (local.get $prior) (i32.const 4)))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (br $next))))

  ;; The same in four contexts.
  (func (export "gather4")
    (param $buckets i32) (param $offsets i32) (param $rows i32) (param $prior i32) (param $n i32) (param $out i32)
    (local $end i32) (local $at i32) (local $stop i32) (local $sum v128)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $n) (i32.const 4))))
    (local.set $at (i32.add (local.get $rows) (i32.shl (i32.load (local.get $offsets)) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $out) (local.get $end)))
        (local.set $offsets (i32.add (local.get $offsets) (i32.const 4)))
        (local.set $stop (i32.add (local.get $rows) (i32.shl (i32.load (local.get $offsets)) (i32.const 2))))
        (local.set $sum (v128.load32_splat (local.get $prior)))
        (block $full
          (loop $more
            (br_if $full (i32.ge_u (local.get $at) (local.get $stop)))
            (local.set $sum
              (f32x4.add (local.get $sum)
                (v128.load (i32.add (local.get $buckets) (i32.shl (i32.load (local.get $at)) (i32.const 4))))))
            (local.set $at (i32.add (local.get $at) (i32.const 4)))
            (br $more)))
        (v128.store (local.get $out) (local.get $sum))
        (local.set $prior (i32.add (local.get $prior) (i32.const 4)))
        (local.set $out (i32.add (local.get $out) (i32.const 16)))
        (br $next))))

  ;; The same in one context, and in four, where a row is a 16-bit number.
  (func (export "gather1of16")
    (param $buckets i32) (param $offsets i32) (param $rows i32) (param $prior i32) (param $n i32) (param $out i32)
    (local $end i32) (local $at i32) (local $stop i32) (local $sum f32)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $n) (i32.const 2))))
    (local.set $at (i32.add (local.get $rows) (i32.shl (i32.load (local.get $offsets)) (i32.const 1))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $out) (local.get $end)))
        (local.set $offsets (i32.add (local.get $offsets) (i32.const 4)))
        (local.set $stop (i32.add (local.get $rows) (i32.shl (i32.load (local.get $offsets)) (i32.const 1))))
        (local.set $sum (f32.load (local.get $prior)))
        (block $full
          (loop $more
            (br_if $full (i32.ge_u (local.get $at) (local.get $stop)))
            (local.set $sum
              (f32.add (local.get $sum)
                (f32.load (i32.add (local.get $buckets) (i32.shl (i32.load16_u (local.get $at)) (i32.const 2))))))
            (local.set $at (i32.add (local.get $at) (i32.const 2)))
            (br $more)))
        (f32.store (local.get $out) (local.get $sum))
        (local.set $prior (i32.add (local.get $prior) (i32.const 4)))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (br $next))))

  (func (export "gather4of16")
    (param $buckets i32) (param $offsets i32) (param $rows i32) (param $prior i32) (param $n i32) (param $out i32)
    (local $end i32) (local $at i32) (local $stop i32) (local $sum v128)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $n) (i32.const 4))))
    (local.set $at (i32.add (local.get $rows) (i32.shl (i32.load (local.get $offsets)) (i32.const 1))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $out) (local.get $end)))
        (local.set $offsets (i32.add (local.get $offsets) (i32.const 4)))
        (local.set $stop (i32.add (local.get $rows) (i32.shl (i32.load (local.get $offsets)) (i32.const 1))))
        (local.set $sum (v128.load32_splat (local.get $prior)))
        (block $full
          (loop $more
            (br_if $full (i32.ge_u (local.get $at) (local.get $stop)))
            (local.set $sum
              (f32x4.add (local.get $sum)
                (v128.load (i32.add (local.get $buckets) (i32.shl (i32.load16_u (local.get $at)) (i32.const 4))))))
            (local.set $at (i32.add (local.get $at) (i32.const 2)))
            (br $more)))
        (v128.store (local.get $out) (local.get $sum))
        (local.set $prior (i32.add (local.get $prior) (i32.const 4)))
        (local.set $out (i32.add (local.get $out) (i32.const 16)))
        (br $next))))

  ;; Writes the numbers from..until - 1 of the groups of four scores of which one or more reach their bar, in order; returns how
  ;; many they are. Four bars stand side by side: of four contexts, or the same one for four items.
  (func (export "reaching")
    (param $scores i32) (param $from i32) (param $until i32) (param $bars i32) (param $out i32) (result i32)
    (local $bar v128) (local $start i32)
    (local.set $bar (v128.load (local.get $bars)))
    (local.set $start (local.get $out))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $until)))
        (if (v128.any_true
              (f32x4.ge
                (v128.load (i32.add (local.get $scores) (i32.shl (local.get $from) (i32.const 4))))
                (local.get $bar)))
          (then
            (i32.store (local.get $out) (local.get $from))
            (local.set $out (i32.add (local.get $out) (i32.const 4)))))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (br $next)))
    (i32.shr_u (i32.sub (local.get $out) (local.get $start)) (i32.const 2))))
