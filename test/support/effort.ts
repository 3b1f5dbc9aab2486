/** Set by `npm run test:nightly`: the tests of reliability then take hours instead of minutes. */
export const isNightly = process.env.PORTOLAN_NIGHTLY === '1';

/** How often something is tried: seldom by default, as often as its goal wants at night. */
export function times(byDay: number, byNight: number): number {
  return isNightly ? byNight : byDay;
}
