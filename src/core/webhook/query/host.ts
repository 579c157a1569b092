import { sql } from 'drizzle-orm'
import { kind } from '#db/kind'

/** The host of a URL, without its credentials and its port. */
export const hostOf = (url: unknown) =>
  kind.text(sql`coalesce(substring(${url} from '^[^:]+://(?:[^/?#]*@)?([^/:?#]+)'), '')`)
