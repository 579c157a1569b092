/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '65f1fd6c000724a3'
