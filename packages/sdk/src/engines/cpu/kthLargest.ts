/**
 * The k-th largest of the first `length` numbers, which are left in another order (Hoare's selection).
 *
 * @param k 1 for the largest; at most their number
 */
export function kthLargest(values: Int16Array, length: number, k: number): number {
  const wanted = k - 1;
  let left = 0;
  let right = length - 1;
  while (left < right) {
    const pivot = values[(left + right) >> 1]!;
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! > pivot) i++;
      while (values[j]! < pivot) j--;
      if (i > j) break;
      const swapped = values[i]!;
      values[i++] = values[j]!;
      values[j--] = swapped;
    }
    if (wanted <= j) right = j;
    else if (wanted >= i) left = i;
    else break;
  }
  return values[wanted]!;
}
