/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '2951dac92444f381'
