/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '5e8633f8567961b5'
