/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '7d524b5ad3362d3c'
