// Written by npm run generate from the database and from the files of the functions.
import { scalarFunction, type Arg, type Json } from '#db/function-call'

export const call = {
  /** Reads the values anew that the planner keeps of columns, so that none stays of a row that is gone. ANALYZE leaves an empty table alone, so
   * what is kept of its columns is cleared; PostgreSQL can do that from version 18 on. a_columns: the columns of each table.
   * SQL by hand: it runs ANALYZE for tables whose names are parameters. */
  forgetStatistics: scalarFunction<{ columns: Arg<Json> }, void, 'write'>(
    'forget_statistics', [["columns","a_columns","jsonb"]], 'void'),
}
