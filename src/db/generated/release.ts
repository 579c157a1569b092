/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '4d03453dfbbfe042'
