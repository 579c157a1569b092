/** The programs in `dev` by which a mistake in a source reaches the database. */
export const generatingPrograms = ['drizzle-files.ts', 'use-case/index.ts']
