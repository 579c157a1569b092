/** One sentence about a wrong setting: `<name> <what is wrong>: <what it must be>`. */
export const settingFault = (name: string, how: string): string =>
  /^(?:is|has|needs|can) /.test(how) ? `${name} ${how}` : `${name}: ${how}`
