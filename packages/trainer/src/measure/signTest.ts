/**
 * The sign test: how probable it is that one side wins so many times or fewer, or the other does, where both are as likely to; exact
 * and two-sided. Ties are left out. 1 where there was none.
 */
export function signTest(wins: number, losses: number): number {
  const of = wins + losses;
  const fewer = Math.min(wins, losses);
  let log = -of * Math.LN2;
  let sum = 0;
  for (let k = 0; k <= fewer; k++) {
    sum += Math.exp(log);
    log += Math.log(of - k) - Math.log(k + 1);
  }
  return Math.min(1, 2 * sum);
}
