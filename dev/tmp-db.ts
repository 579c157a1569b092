import { fill } from './fill.ts'
import { migrate } from './migrate.ts'
import { startPostgres } from './postgres.ts'
import { writeFileSync } from 'node:fs'
const n = Number(process.argv[2]); const folder = process.argv[3]!
const pgs = await startPostgres({ folder, settings: { fsync: 'off', full_page_writes: 'off', max_wal_size: '4GB' } })
const url = pgs.connectionString()
writeFileSync(folder + '.url', url)
await migrate(url)
await fill({ connectionString: url, tenant: 'demo', customers: n, progress: (d) => console.log(d) })
console.log('ready', url)
setInterval(() => {}, 1000)
