/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '3a0de4e248f65d83'
