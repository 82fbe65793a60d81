;; The inner loops of training and of scoring, four numbers at a time. All addresses and sizes are in bytes; a row has a
;; multiple of 16 bytes as float32, and is what $row says. `node --import tsx packages/trainer/kernels/compile.ts` writes
;; src/train/kernelCode.ts.
(module
  (memory (import "env" "memory") 1)

  ;; to += factor x from
  (func $addScaled (param $from i32) (param $factor f32) (param $to i32) (param $row i32)
    (local $end i32) (local $f v128)
    (local.set $f (f32x4.splat (local.get $factor)))
    (local.set $end (i32.add (local.get $to) (local.get $row)))
    (loop $next
      (v128.store (local.get $to)
        (f32x4.add (v128.load (local.get $to)) (f32x4.mul (local.get $f) (v128.load (local.get $from)))))
      (local.set $from (i32.add (local.get $from) (i32.const 16)))
      (local.set $to (i32.add (local.get $to) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $to) (local.get $end)))))

  (func $total (param $v v128) (result f32)
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $v)) (f32x4.extract_lane 1 (local.get $v)))
      (f32.add (f32x4.extract_lane 2 (local.get $v)) (f32x4.extract_lane 3 (local.get $v)))))

  ;; out = sum over k < n of weights[k] x table[rows[k]]
  (func (export "gather")
    (param $table i32) (param $rows i32) (param $weights i32) (param $n i32) (param $row i32) (param $out i32)
    (local $end i32)
    (memory.fill (local.get $out) (i32.const 0) (local.get $row))
    (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $n) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (call $addScaled
          (i32.add (local.get $table) (i32.mul (i32.load (local.get $rows)) (local.get $row)))
          (f32.load (local.get $weights))
          (local.get $out)
          (local.get $row))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (local.set $weights (i32.add (local.get $weights) (i32.const 4)))
        (br $next))))

  ;; table[rows[k]] += weights[k] x vector, for k < n
  (func (export "scatter")
    (param $table i32) (param $rows i32) (param $weights i32) (param $n i32) (param $row i32) (param $vector i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $n) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (call $addScaled
          (local.get $vector)
          (f32.load (local.get $weights))
          (i32.add (local.get $table) (i32.mul (i32.load (local.get $rows)) (local.get $row)))
          (local.get $row))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (local.set $weights (i32.add (local.get $weights) (i32.const 4)))
        (br $next))))

  ;; out[k] = vectors[k] . vector, for k < n
  (func (export "dots") (param $vectors i32) (param $vector i32) (param $n i32) (param $row i32) (param $out i32)
    (local $end i32) (local $at i32) (local $stop i32) (local $sum v128)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $n) (i32.const 2))))
    (local.set $stop (i32.add (local.get $vector) (local.get $row)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $out) (local.get $end)))
        (local.set $sum (v128.const f32x4 0 0 0 0))
        (local.set $at (local.get $vector))
        (loop $more
          (local.set $sum
            (f32x4.add (local.get $sum)
              (f32x4.mul (v128.load (local.get $vectors)) (v128.load (local.get $at)))))
          (local.set $vectors (i32.add (local.get $vectors) (i32.const 16)))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br_if $more (i32.lt_u (local.get $at) (local.get $stop))))
        (f32.store (local.get $out) (call $total (local.get $sum)))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (br $next))))

  ;; sum += pulls[k] x vectors[k] and gradients[k] += pulls[k] x vector, for k < n where pulls[k] is not below least
  (func (export "pull")
    (param $vectors i32) (param $gradients i32) (param $pulls i32) (param $least f32) (param $n i32) (param $row i32)
    (param $vector i32) (param $sum i32)
    (local $end i32) (local $pull f32)
    (local.set $end (i32.add (local.get $pulls) (i32.shl (local.get $n) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $pulls) (local.get $end)))
        (local.set $pull (f32.load (local.get $pulls)))
        (if (f32.ge (local.get $pull) (local.get $least))
          (then
            (call $addScaled (local.get $vectors) (local.get $pull) (local.get $sum) (local.get $row))
            (call $addScaled (local.get $vector) (local.get $pull) (local.get $gradients) (local.get $row))))
        (local.set $pulls (i32.add (local.get $pulls) (i32.const 4)))
        (local.set $vectors (i32.add (local.get $vectors) (local.get $row)))
        (local.set $gradients (i32.add (local.get $gradients) (local.get $row)))
        (br $next))))

  ;; squares[r] += mean of gradient[r]^2, weights[r] -= rate / sqrt(squares[r] + epsilon) x gradient[r], gradient[r] = 0,
  ;; for r = rows[k], k < n
  (func (export "adagrad")
    (param $weights i32) (param $gradient i32) (param $squares i32) (param $rows i32) (param $n i32) (param $row i32)
    (param $rate f32) (param $epsilon f32)
    (local $end i32) (local $at i32) (local $stop i32) (local $sum v128) (local $square i32)
    (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $n) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (local.set $at (i32.add (local.get $gradient) (i32.mul (i32.load (local.get $rows)) (local.get $row))))
        (local.set $stop (i32.add (local.get $at) (local.get $row)))
        (local.set $sum (v128.const f32x4 0 0 0 0))
        (loop $more
          (local.set $sum
            (f32x4.add (local.get $sum) (f32x4.mul (v128.load (local.get $at)) (v128.load (local.get $at)))))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br_if $more (i32.lt_u (local.get $at) (local.get $stop))))
        (local.set $square (i32.add (local.get $squares) (i32.shl (i32.load (local.get $rows)) (i32.const 2))))
        (f32.store (local.get $square)
          (f32.add (f32.load (local.get $square))
            (f32.div (call $total (local.get $sum))
              (f32.convert_i32_u (i32.shr_u (local.get $row) (i32.const 2))))))
        (call $addScaled
          (i32.sub (local.get $stop) (local.get $row))
          (f32.neg
            (f32.div (local.get $rate)
              (f32.sqrt (f32.add (f32.load (local.get $square)) (local.get $epsilon)))))
          (i32.add (local.get $weights) (i32.mul (i32.load (local.get $rows)) (local.get $row)))
          (local.get $row))
        (memory.fill (i32.sub (local.get $stop) (local.get $row)) (i32.const 0) (local.get $row))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (br $next))))

  ;; out[r] = scales[r] x int8[r] . vector, for r < n; an int8 row has a quarter of $row bytes
  (func (export "bucketDots")
    (param $int8 i32) (param $scales i32) (param $vector i32) (param $n i32) (param $row i32) (param $out i32)
    (local $end i32) (local $at i32) (local $stop i32) (local $sum v128)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $n) (i32.const 2))))
    (local.set $stop (i32.add (local.get $vector) (local.get $row)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $out) (local.get $end)))
        (local.set $sum (v128.const f32x4 0 0 0 0))
        (local.set $at (local.get $vector))
        (loop $more
          (local.set $sum
            (f32x4.add (local.get $sum)
              (f32x4.mul (v128.load (local.get $at))
                (f32x4.convert_i32x4_s
                  (i32x4.extend_low_i16x8_s
                    (i16x8.extend_low_i8x16_s (v128.load32_zero (local.get $int8))))))))
          (local.set $int8 (i32.add (local.get $int8) (i32.const 4)))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br_if $more (i32.lt_u (local.get $at) (local.get $stop))))
        (f32.store (local.get $out) (f32.mul (call $total (local.get $sum)) (f32.load (local.get $scales))))
        (local.set $scales (i32.add (local.get $scales) (i32.const 4)))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (br $next)))))
