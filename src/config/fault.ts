/** A sentence about a setting: what it is or has is said of its name, and what it must be stands behind a colon. */
export const faultOf = (name: string, how: string): string =>
  /^(?:is|has|needs|can) /.test(how) ? `${name} ${how}` : `${name}: ${how}`
