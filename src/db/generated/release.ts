/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'e96c1c7db6ec2869'
