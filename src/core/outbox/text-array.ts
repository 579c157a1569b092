import { type SQL, sql } from 'drizzle-orm'

/** A list of texts as one parameter; a bare array would become a list of parameters. */
export const textArray = (texts: readonly string[]): SQL => sql`${sql.param([...texts])}::text[]`
