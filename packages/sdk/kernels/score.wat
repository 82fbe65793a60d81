;; What the CPU engine does for every row and every item. Addresses are in bytes, `n` counts rows or items. The numbers of a
;; context are 16-bit steps; those of eight contexts stand side by side, number c of row r at 2 x (8 r + c) bytes.
(module
  (import "env" "memory" (memory 1))

  ;; out[r] = int8[r] . query x scales[r] x factor in whole steps, for r < n up to a multiple of 4, in one context. A row has $dim
  ;; int8, the query as many int16 and zeros up to a multiple of 8; what is read behind the last row counts nothing.
  (func (export "rows1")
    (param $int8 i32) (param $scales i32) (param $query i32) (param $n i32) (param $dim i32) (param $factor f32) (param $out i32)
    (local $end i32) (local $k i32) (local $next i32) (local $q v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $end (i32.add (local.get $scales) (i32.shl (local.get $n) (i32.const 2))))
    (block $done
      (loop $rows
        (br_if $done (i32.ge_u (local.get $scales) (local.get $end)))
        (local.set $a (v128.const i32x4 0 0 0 0))
        (local.set $b (v128.const i32x4 0 0 0 0))
        (local.set $c (v128.const i32x4 0 0 0 0))
        (local.set $d (v128.const i32x4 0 0 0 0))
        (local.set $k (i32.const 0))
        (loop $more
          (local.set $q (v128.load (i32.add (local.get $query) (i32.shl (local.get $k) (i32.const 1)))))
          (local.set $next (i32.add (local.get $int8) (local.get $k)))
          (local.set $a
            (i32x4.add (local.get $a) (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $next)) (local.get $q))))
          (local.set $next (i32.add (local.get $next) (local.get $dim)))
          (local.set $b
            (i32x4.add (local.get $b) (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $next)) (local.get $q))))
          (local.set $next (i32.add (local.get $next) (local.get $dim)))
          (local.set $c
            (i32x4.add (local.get $c) (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $next)) (local.get $q))))
          (local.set $next (i32.add (local.get $next) (local.get $dim)))
          (local.set $d
            (i32x4.add (local.get $d) (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $next)) (local.get $q))))
          (local.set $k (i32.add (local.get $k) (i32.const 8)))
          (br_if $more (i32.lt_u (local.get $k) (local.get $dim))))
        ;; a = (a0 + a2, b0 + b2, a1 + a3, b1 + b3), c likewise, then the four sums side by side.
        (local.set $a
          (i32x4.add
            (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a) (local.get $b))
            (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a) (local.get $b))))
        (local.set $c
          (i32x4.add
            (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $c) (local.get $d))
            (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $c) (local.get $d))))
        (local.set $a
          (i32x4.add
            (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $a) (local.get $c))
            (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $a) (local.get $c))))
        (local.set $a
          (i32x4.trunc_sat_f32x4_s
            (f32x4.nearest
              (f32x4.mul
                (f32x4.convert_i32x4_s (local.get $a))
                (f32x4.mul (v128.load (local.get $scales)) (f32x4.splat (local.get $factor)))))))
        (v128.store64_lane 0 (local.get $out) (i16x8.narrow_i32x4_s (local.get $a) (local.get $a)))
        (local.set $int8 (i32.add (local.get $int8) (i32.shl (local.get $dim) (i32.const 2))))
        (local.set $scales (i32.add (local.get $scales) (i32.const 16)))
        (local.set $out (i32.add (local.get $out) (i32.const 8)))
        (br $rows))))

  ;; The same in eight contexts, whose queries stand side by side in blocks of eight numbers: number d of query c at
  ;; 2 x (64 (d / 8) + 8 c + d % 8) bytes. factors: eight f32.
  (func (export "rows8")
    (param $int8 i32) (param $scales i32) (param $query i32) (param $n i32) (param $dim i32) (param $factors i32) (param $out i32)
    (local $end i32) (local $stop i32) (local $at i32) (local $q i32) (local $row v128) (local $scale v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $e v128) (local $f v128) (local $g v128) (local $h v128)
    (local.set $end (i32.add (local.get $scales) (i32.shl (local.get $n) (i32.const 2))))
    (block $done
      (loop $rows
        (br_if $done (i32.ge_u (local.get $scales) (local.get $end)))
        (local.set $a (v128.const i32x4 0 0 0 0))
        (local.set $b (v128.const i32x4 0 0 0 0))
        (local.set $c (v128.const i32x4 0 0 0 0))
        (local.set $d (v128.const i32x4 0 0 0 0))
        (local.set $e (v128.const i32x4 0 0 0 0))
        (local.set $f (v128.const i32x4 0 0 0 0))
        (local.set $g (v128.const i32x4 0 0 0 0))
        (local.set $h (v128.const i32x4 0 0 0 0))
        (local.set $q (local.get $query))
        (local.set $at (local.get $int8))
        (local.set $int8 (i32.add (local.get $int8) (local.get $dim)))
        (loop $more
          (local.set $row (v128.load8x8_s (local.get $at)))
          (local.set $a (i32x4.add (local.get $a) (i32x4.dot_i16x8_s (local.get $row) (v128.load (local.get $q)))))
          (local.set $b
            (i32x4.add (local.get $b) (i32x4.dot_i16x8_s (local.get $row) (v128.load offset=16 (local.get $q)))))
          (local.set $c
            (i32x4.add (local.get $c) (i32x4.dot_i16x8_s (local.get $row) (v128.load offset=32 (local.get $q)))))
          (local.set $d
            (i32x4.add (local.get $d) (i32x4.dot_i16x8_s (local.get $row) (v128.load offset=48 (local.get $q)))))
          (local.set $e
            (i32x4.add (local.get $e) (i32x4.dot_i16x8_s (local.get $row) (v128.load offset=64 (local.get $q)))))
          (local.set $f
            (i32x4.add (local.get $f) (i32x4.dot_i16x8_s (local.get $row) (v128.load offset=80 (local.get $q)))))
          (local.set $g
            (i32x4.add (local.get $g) (i32x4.dot_i16x8_s (local.get $row) (v128.load offset=96 (local.get $q)))))
          (local.set $h
            (i32x4.add (local.get $h) (i32x4.dot_i16x8_s (local.get $row) (v128.load offset=112 (local.get $q)))))
          (local.set $q (i32.add (local.get $q) (i32.const 128)))
          (local.set $at (i32.add (local.get $at) (i32.const 8)))
          (br_if $more (i32.lt_u (local.get $at) (local.get $int8))))
        (local.set $a
          (i32x4.add
            (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a) (local.get $b))
            (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a) (local.get $b))))
        (local.set $c
          (i32x4.add
            (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $c) (local.get $d))
            (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $c) (local.get $d))))
        (local.set $a
          (i32x4.add
            (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $a) (local.get $c))
            (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $a) (local.get $c))))
        (local.set $e
          (i32x4.add
            (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $e) (local.get $f))
            (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $e) (local.get $f))))
        (local.set $g
          (i32x4.add
            (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $g) (local.get $h))
            (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $g) (local.get $h))))
        (local.set $e
          (i32x4.add
            (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $e) (local.get $g))
            (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $e) (local.get $g))))
        (local.set $scale (v128.load32_splat (local.get $scales)))
        (v128.store (local.get $out)
          (i16x8.narrow_i32x4_s
            (i32x4.trunc_sat_f32x4_s
              (f32x4.nearest
                (f32x4.mul
                  (f32x4.convert_i32x4_s (local.get $a))
                  (f32x4.mul (local.get $scale) (v128.load (local.get $factors))))))
            (i32x4.trunc_sat_f32x4_s
              (f32x4.nearest
                (f32x4.mul
                  (f32x4.convert_i32x4_s (local.get $e))
                  (f32x4.mul (local.get $scale) (v128.load offset=16 (local.get $factors))))))))
        (local.set $scales (i32.add (local.get $scales) (i32.const 4)))
        (local.set $out (i32.add (local.get $out) (i32.const 16)))
        (br $rows))))

  ;; The largest of n int16.
  (func (export "largest") (param $values i32) (param $n i32) (result i32)
    (local $end i32) (local $most v128)
    (local.set $most (i16x8.splat (i32.const -32768)))
    (local.set $end (i32.add (local.get $values) (i32.shl (local.get $n) (i32.const 1))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $values) (local.get $end)))
        (local.set $most (i16x8.max_s (local.get $most) (v128.load (local.get $values))))
        (local.set $values (i32.add (local.get $values) (i32.const 16)))
        (br $next)))
    (local.set $most
      (i16x8.max_s (local.get $most)
        (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $most) (local.get $most))))
    (local.set $most
      (i16x8.max_s (local.get $most)
        (i8x16.shuffle 4 5 6 7 0 1 2 3 4 5 6 7 0 1 2 3 (local.get $most) (local.get $most))))
    (local.set $most
      (i16x8.max_s (local.get $most)
        (i8x16.shuffle 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 (local.get $most) (local.get $most))))
    (i16x8.extract_lane_s 0 (local.get $most)))

  ;; The items of a run, $width rows each, whose score reaches $bar in one context: their numbers in the run plus $first go to
  ;; places, their scores to scores (int16); returns how many they are. A score is the sum of the item's rows plus
  ;; prior x weight / 32768 plus what each item has in own (int16, the next eight $each8 bytes behind). Rows stand by eight items:
  ;; the first row of each, the second of each, and so on; likewise those of the fewer items at the end of a run. A row's number
  ;; takes $stride bytes; $mask leaves them of the four that are read; none of buckets is above $most. What is read behind the last
  ;; prior counts nothing; there is room for 32 bytes for each eight items in scores.
  (func (export "scan1")
    (param $buckets i32) (param $rows i32) (param $width i32) (param $stride i32) (param $mask i32) (param $prior i32)
    (param $weight i32) (param $n i32) (param $bar i32) (param $first i32) (param $places i32) (param $scores i32)
    (param $own i32) (param $each8 i32) (param $most i32) (result i32)
    (local $start i32) (local $at i32) (local $end i32) (local $stop i32) (local $leap i32) (local $place i32) (local $bits i32)
    (local $from i32)
    (local $sums v128) (local $row v128) (local $bars v128) (local $weights v128)
    (local.set $weights (i16x8.splat (local.get $weight)))
    (local.set $start (local.get $scores))
    (local.set $end (local.get $scores))
    ;; Eight items at a time, all rows but the last: kept where one of them may reach the bar with that. No branch hangs on it.
    (if (i32.and (i32.eq (local.get $stride) (i32.const 2)) (i32.ne (local.get $width) (i32.const 0)))
      (then
        (local.set $bars
          (i16x8.sub_sat_s (i16x8.splat (local.get $bar)) (i16x8.splat (local.get $most))))
        (local.set $leap (i32.shl (i32.sub (local.get $width) (i32.const 1)) (i32.const 4)))
        (block $done
          (loop $next
            (br_if $done (i32.lt_s (local.get $n) (i32.const 8)))
            (local.set $sums
              (i16x8.add (v128.load (local.get $own))
                (i16x8.q15mulr_sat_s (v128.load (local.get $prior)) (local.get $weights))))
            (local.set $stop (i32.add (local.get $rows) (local.get $leap)))
            (block $full
              (loop $column
                (br_if $full (i32.ge_u (local.get $rows) (local.get $stop)))
                (local.set $row (v128.const i32x4 0 0 0 0))
                (local.set $row
                  (v128.load16_lane 0
                    (i32.add (local.get $buckets)
                      (i32.shl (i32.load16_u (local.get $rows)) (i32.const 1)))
                    (local.get $row)))
                (local.set $row
                  (v128.load16_lane 1
                    (i32.add (local.get $buckets)
                      (i32.shl (i32.load16_u offset=2 (local.get $rows)) (i32.const 1)))
                    (local.get $row)))
                (local.set $row
                  (v128.load16_lane 2
                    (i32.add (local.get $buckets)
                      (i32.shl (i32.load16_u offset=4 (local.get $rows)) (i32.const 1)))
                    (local.get $row)))
                (local.set $row
                  (v128.load16_lane 3
                    (i32.add (local.get $buckets)
                      (i32.shl (i32.load16_u offset=6 (local.get $rows)) (i32.const 1)))
                    (local.get $row)))
                (local.set $row
                  (v128.load16_lane 4
                    (i32.add (local.get $buckets)
                      (i32.shl (i32.load16_u offset=8 (local.get $rows)) (i32.const 1)))
                    (local.get $row)))
                (local.set $row
                  (v128.load16_lane 5
                    (i32.add (local.get $buckets)
                      (i32.shl (i32.load16_u offset=10 (local.get $rows)) (i32.const 1)))
                    (local.get $row)))
                (local.set $row
                  (v128.load16_lane 6
                    (i32.add (local.get $buckets)
                      (i32.shl (i32.load16_u offset=12 (local.get $rows)) (i32.const 1)))
                    (local.get $row)))
                (local.set $row
                  (v128.load16_lane 7
                    (i32.add (local.get $buckets)
                      (i32.shl (i32.load16_u offset=14 (local.get $rows)) (i32.const 1)))
                    (local.get $row)))
                (local.set $sums (i16x8.add (local.get $sums) (local.get $row)))
                (local.set $rows (i32.add (local.get $rows) (i32.const 16)))
                (br $column)))
            (v128.store (local.get $end) (local.get $sums))
            (i32.store offset=16 (local.get $end) (local.get $first))
            (i32.store offset=20 (local.get $end) (local.get $rows))
            (local.set $end
              (i32.add (local.get $end)
                (i32.shl (v128.any_true (i16x8.ge_s (local.get $sums) (local.get $bars))) (i32.const 5))))
            (local.set $rows (i32.add (local.get $rows) (i32.const 16)))
            (local.set $own (i32.add (local.get $own) (local.get $each8)))
            (local.set $prior (i32.add (local.get $prior) (i32.const 16)))
            (local.set $first (i32.add (local.get $first) (i32.const 8)))
            (local.set $n (i32.sub (local.get $n) (i32.const 8)))
            (br $next)))))
    (local.set $bars (i16x8.splat (local.get $bar)))
    (local.set $at (local.get $scores))
    (block $done
      (loop $next
        (if (i32.lt_u (local.get $at) (local.get $end))
          (then
            (local.set $place (i32.load offset=16 (local.get $at)))
            (local.set $stop (i32.load offset=20 (local.get $at)))
            (local.set $row (v128.const i32x4 0 0 0 0))
            (local.set $row
              (v128.load16_lane 0
                (i32.add (local.get $buckets)
                  (i32.shl (i32.load16_u (local.get $stop)) (i32.const 1)))
                (local.get $row)))
            (local.set $row
              (v128.load16_lane 1
                (i32.add (local.get $buckets)
                  (i32.shl (i32.load16_u offset=2 (local.get $stop)) (i32.const 1)))
                (local.get $row)))
            (local.set $row
              (v128.load16_lane 2
                (i32.add (local.get $buckets)
                  (i32.shl (i32.load16_u offset=4 (local.get $stop)) (i32.const 1)))
                (local.get $row)))
            (local.set $row
              (v128.load16_lane 3
                (i32.add (local.get $buckets)
                  (i32.shl (i32.load16_u offset=6 (local.get $stop)) (i32.const 1)))
                (local.get $row)))
            (local.set $row
              (v128.load16_lane 4
                (i32.add (local.get $buckets)
                  (i32.shl (i32.load16_u offset=8 (local.get $stop)) (i32.const 1)))
                (local.get $row)))
            (local.set $row
              (v128.load16_lane 5
                (i32.add (local.get $buckets)
                  (i32.shl (i32.load16_u offset=10 (local.get $stop)) (i32.const 1)))
                (local.get $row)))
            (local.set $row
              (v128.load16_lane 6
                (i32.add (local.get $buckets)
                  (i32.shl (i32.load16_u offset=12 (local.get $stop)) (i32.const 1)))
                (local.get $row)))
            (local.set $row
              (v128.load16_lane 7
                (i32.add (local.get $buckets)
                  (i32.shl (i32.load16_u offset=14 (local.get $stop)) (i32.const 1)))
                (local.get $row)))
            (local.set $sums (i16x8.add (v128.load (local.get $at)) (local.get $row)))
            (local.set $bits (i32.const 255))
            (local.set $from (local.get $at))
            (local.set $at (i32.add (local.get $at) (i32.const 32))))
          (else
            (br_if $done (i32.le_s (local.get $n) (i32.const 0)))
            (local.set $place (local.get $first))
            (local.set $bits
              (i32.sub
                (i32.shl (i32.const 1)
                  (select (local.get $n) (i32.const 8) (i32.lt_s (local.get $n) (i32.const 8))))
                (i32.const 1)))
            (local.set $leap (i32.mul (local.get $stride) (i32.popcnt (local.get $bits))))
            (local.set $stop (i32.add (local.get $rows) (i32.mul (local.get $width) (local.get $leap))))
            (v128.store (local.get $scores)
              (i16x8.add (v128.load (local.get $own))
                (i16x8.q15mulr_sat_s (v128.load (local.get $prior)) (local.get $weights))))
            (block $full
              (loop $column
                (br_if $full (i32.ge_u (local.get $rows) (local.get $stop)))
                (local.set $end (i32.add (local.get $rows) (local.get $leap)))
                (local.set $at (local.get $scores))
                (loop $each
                  (i32.store16 (local.get $at)
                    (i32.add (i32.load16_s (local.get $at))
                      (i32.load16_s
                        (i32.add (local.get $buckets)
                          (i32.shl (i32.and (i32.load (local.get $rows)) (local.get $mask)) (i32.const 1))))))
                  (local.set $at (i32.add (local.get $at) (i32.const 2)))
                  (local.set $rows (i32.add (local.get $rows) (local.get $stride)))
                  (br_if $each (i32.lt_u (local.get $rows) (local.get $end))))
                (br $column)))
            (local.set $end (i32.const 0))
            (local.set $from (local.get $scores))
            (local.set $sums (v128.load (local.get $scores)))
            (local.set $own (i32.add (local.get $own) (local.get $each8)))
            (local.set $prior (i32.add (local.get $prior) (i32.const 16)))
            (local.set $first (i32.add (local.get $first) (i32.const 8)))
            (local.set $n (i32.sub (local.get $n) (i32.const 8)))))
        (local.set $bits
          (i32.and (local.get $bits) (i16x8.bitmask (i16x8.ge_s (local.get $sums) (local.get $bars)))))
        (if (local.get $bits)
          (then
            (v128.store (local.get $from) (local.get $sums))
            (loop $each
              (local.set $leap (i32.ctz (local.get $bits)))
              (i32.store (local.get $places) (i32.add (local.get $place) (local.get $leap)))
              (local.set $places (i32.add (local.get $places) (i32.const 4)))
              (i32.store16 (local.get $scores)
                (i32.load16_u (i32.add (local.get $from) (i32.shl (local.get $leap) (i32.const 1)))))
              (local.set $scores (i32.add (local.get $scores) (i32.const 2)))
              (local.set $bits (i32.and (local.get $bits) (i32.sub (local.get $bits) (i32.const 1))))
              (br_if $each (local.get $bits)))))
        (br $next)))
    (i32.shr_u (i32.sub (local.get $scores) (local.get $start)) (i32.const 1)))

  ;; The same in eight contexts: the items that reach the bar of one or more of them, with all eight scores. weights and bars:
  ;; eight int16. own: eight int16 an item, the next one $each bytes behind it.
  (func (export "scan8")
    (param $buckets i32) (param $rows i32) (param $width i32) (param $stride i32) (param $mask i32) (param $prior i32)
    (param $weights i32) (param $n i32) (param $bars i32) (param $first i32) (param $places i32) (param $scores i32)
    (param $own i32) (param $each i32) (result i32)
    (local $end i32) (local $group i32) (local $leap i32) (local $length i32) (local $row i32) (local $stop i32)
    (local $sum v128) (local $start i32) (local $bar v128) (local $weight v128)
    (local.set $start (local.get $places))
    (local.set $bar (v128.load (local.get $bars)))
    (local.set $weight (v128.load (local.get $weights)))
    (local.set $end (i32.add (local.get $first) (local.get $n)))
    (block $done
      (loop $groups
        (local.set $n (i32.sub (local.get $end) (local.get $first)))
        (br_if $done (i32.eqz (local.get $n)))
        (local.set $n (select (local.get $n) (i32.const 8) (i32.lt_u (local.get $n) (i32.const 8))))
        (local.set $group (i32.add (local.get $first) (local.get $n)))
        (local.set $leap (i32.mul (local.get $n) (local.get $stride)))
        (local.set $length (i32.mul (local.get $width) (local.get $leap)))
        (loop $next
          (local.set $sum
            (i16x8.add (v128.load (local.get $own))
              (i16x8.q15mulr_sat_s (v128.load16_splat (local.get $prior)) (local.get $weight))))
          (local.set $own (i32.add (local.get $own) (local.get $each)))
          (local.set $row (local.get $rows))
          (local.set $stop (i32.add (local.get $rows) (local.get $length)))
          (block $full
            (loop $more
              (br_if $full (i32.ge_u (local.get $row) (local.get $stop)))
              (local.set $sum
                (i16x8.add (local.get $sum)
                  (v128.load
                    (i32.add (local.get $buckets)
                      (i32.shl (i32.and (i32.load (local.get $row)) (local.get $mask)) (i32.const 4))))))
              (local.set $row (i32.add (local.get $row) (local.get $leap)))
              (br $more)))
          (if (v128.any_true (i16x8.ge_s (local.get $sum) (local.get $bar)))
            (then
              (i32.store (local.get $places) (local.get $first))
              (local.set $places (i32.add (local.get $places) (i32.const 4)))
              (v128.store (local.get $scores) (local.get $sum))
              (local.set $scores (i32.add (local.get $scores) (i32.const 16)))))
          (local.set $rows (i32.add (local.get $rows) (local.get $stride)))
          (local.set $prior (i32.add (local.get $prior) (i32.const 2)))
          (local.set $first (i32.add (local.get $first) (i32.const 1)))
          (br_if $next (i32.lt_u (local.get $first) (local.get $group))))
        (local.set $rows
          (i32.add (local.get $rows) (i32.sub (local.get $length) (local.get $leap))))
        (br $groups)))
    (i32.shr_u (i32.sub (local.get $places) (local.get $start)) (i32.const 2)))

  ;; Of n items with eight scores each, as scan8 writes them: sets each bar to the ks-th largest score of its context (the lowest
  ;; number there is where there are fewer), less $margin, and keeps the items that reach one; returns how many they are. The
  ;; bars are found bit by bit from the highest: how many scores reach what the bits so far say? ks and bars: eight int16.
  (func (export "best8")
    (param $places i32) (param $scores i32) (param $n i32) (param $ks i32) (param $margin i32) (param $bars i32) (result i32)
    (local $at i32) (local $end i32) (local $bit i32) (local $to i32)
    (local $bar v128) (local $tried v128) (local $counts v128) (local $wanted v128)
    (local.set $end (i32.add (local.get $scores) (i32.shl (local.get $n) (i32.const 4))))
    (local.set $wanted (v128.load (local.get $ks)))
    (local.set $bar (i16x8.splat (i32.const -32768)))
    (local.set $bit (i32.const 32768))
    (loop $bits
      (local.set $tried (i16x8.add (local.get $bar) (i16x8.splat (local.get $bit))))
      (local.set $counts (v128.const i32x4 0 0 0 0))
      (local.set $at (local.get $scores))
      (block $counted
        (loop $next
          (br_if $counted (i32.ge_u (local.get $at) (local.get $end)))
          (local.set $counts
            (i16x8.sub (local.get $counts) (i16x8.ge_s (v128.load (local.get $at)) (local.get $tried))))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br $next)))
      (local.set $bar
        (v128.bitselect (local.get $tried) (local.get $bar)
          (i16x8.ge_s (local.get $counts) (local.get $wanted))))
      (local.set $bit (i32.shr_u (local.get $bit) (i32.const 1)))
      (br_if $bits (local.get $bit)))
    (local.set $bar (i16x8.sub_sat_s (local.get $bar) (i16x8.splat (local.get $margin))))
    (v128.store (local.get $bars) (local.get $bar))
    (local.set $at (local.get $scores))
    (local.set $to (local.get $scores))
    (local.set $n (local.get $places))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (if (v128.any_true (i16x8.ge_s (v128.load (local.get $at)) (local.get $bar)))
          (then
            (v128.store (local.get $to) (v128.load (local.get $at)))
            (local.set $to (i32.add (local.get $to) (i32.const 16)))
            (i32.store (local.get $n) (i32.load (local.get $places)))
            (local.set $n (i32.add (local.get $n) (i32.const 4)))))
        (local.set $places (i32.add (local.get $places) (i32.const 4)))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br $next)))
    (i32.shr_u (i32.sub (local.get $to) (local.get $scores)) (i32.const 4)))

  ;; sums[i] (f64) += step x scales[r] x int8[r] . (high + low / 65534) + matches[r], over the rows r of item i, for i < n. items:
  ;; address of an item's first row, how many there are, bytes from one to the next, n times; a row's number is as for scan1. high and low stand as the query of
  ;; rows1 does; matches: an f32 for each row, or 0 for none.
  (func (export "exact")
    (param $int8 i32) (param $scales i32) (param $high i32) (param $low i32) (param $dim i32) (param $step f64)
    (param $matches i32) (param $mask i32) (param $items i32) (param $n i32) (param $sums i32)
    (local $end i32) (local $rows i32) (local $stop i32) (local $leap i32) (local $k i32) (local $row i32) (local $at i32) (local $total f64)
    (local $numbers v128) (local $sum v128) (local $rest v128)
    (local.set $end (i32.add (local.get $items) (i32.mul (local.get $n) (i32.const 12))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $items) (local.get $end)))
        (local.set $total (f64.load (local.get $sums)))
        (local.set $rows (i32.load (local.get $items)))
        (local.set $leap (i32.load offset=8 (local.get $items)))
        (local.set $stop
          (i32.add (local.get $rows) (i32.mul (i32.load offset=4 (local.get $items)) (local.get $leap))))
        (block $full
          (loop $each
            (br_if $full (i32.ge_u (local.get $rows) (local.get $stop)))
            (local.set $row (i32.and (i32.load (local.get $rows)) (local.get $mask)))
            (local.set $rows (i32.add (local.get $rows) (local.get $leap)))
            (local.set $sum (v128.const i32x4 0 0 0 0))
            (local.set $rest (v128.const i32x4 0 0 0 0))
            (local.set $at (i32.add (local.get $int8) (i32.mul (local.get $row) (local.get $dim))))
            (local.set $row (i32.shl (local.get $row) (i32.const 2)))
            (local.set $k (i32.const 0))
            (loop $more
              (local.set $numbers (v128.load8x8_s (i32.add (local.get $at) (local.get $k))))
              (local.set $sum
                (i32x4.add (local.get $sum)
                  (i32x4.dot_i16x8_s (local.get $numbers)
                    (v128.load (i32.add (local.get $high) (i32.shl (local.get $k) (i32.const 1)))))))
              (local.set $rest
                (i32x4.add (local.get $rest)
                  (i32x4.dot_i16x8_s (local.get $numbers)
                    (v128.load (i32.add (local.get $low) (i32.shl (local.get $k) (i32.const 1)))))))
              (local.set $k (i32.add (local.get $k) (i32.const 8)))
              (br_if $more (i32.lt_u (local.get $k) (local.get $dim))))
            (local.set $sum
              (f32x4.add (f32x4.convert_i32x4_s (local.get $sum))
                (f32x4.mul (f32x4.convert_i32x4_s (local.get $rest)) (f32x4.splat (f32.const 1.5259254738e-5)))))
            (local.set $total
              (f64.add (local.get $total)
                (f64.mul (local.get $step)
                  (f64.promote_f32
                    (f32.mul
                      (f32.load (i32.add (local.get $scales) (local.get $row)))
                      (f32.add
                        (f32.add (f32x4.extract_lane 0 (local.get $sum)) (f32x4.extract_lane 1 (local.get $sum)))
                        (f32.add (f32x4.extract_lane 2 (local.get $sum)) (f32x4.extract_lane 3 (local.get $sum)))))))))
            (if (local.get $matches)
              (then
                (local.set $total
                  (f64.add (local.get $total)
                    (f64.promote_f32 (f32.load (i32.add (local.get $matches) (local.get $row))))))))
            (br $each)))
        (f64.store (local.get $sums) (local.get $total))
        (local.set $items (i32.add (local.get $items) (i32.const 12)))
        (local.set $sums (i32.add (local.get $sums) (i32.const 8)))
        (br $next)))))
