/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '8ab6d01468528fc1'
