import { sql } from 'drizzle-orm'
import { sqlType } from '#db/sql-type'

/** The host of a URL, without its credentials and its port. */
export const hostOfUrl = (url: unknown) =>
  sqlType.text(sql`coalesce(substring(${url} from '^[^:]+://(?:[^/?#]*@)?([^/:?#]+)'), '')`)
