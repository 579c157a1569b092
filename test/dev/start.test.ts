import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { migrate } from '../../dev/migrate.ts'
import { freePort } from '../../dev/port.ts'
import { startPostgres } from '../../dev/postgres.ts'
import { type Program, startProgram } from '../support/process.ts'
import { until } from '../support/until.ts'

const root = mkdtempSync(join(tmpdir(), 'customer-start-'))
const data = join(root, 'data')
const other = join(root, 'other')
const script = join(import.meta.dirname, '../../dev/start.ts')
const programs: Program[] = []

async function start(env: Record<string, string>, ...args: string[]) {
  const port = env.PORT ?? String(await freePort())
  const program = startProgram([script, ...args], { DATA_DIR: data, ...env, PORT: port })
  programs.push(program)
  return { ...program, url: `http://localhost:${port}` }
}

async function stop(program: Program, signal: NodeJS.Signals): Promise<number | null> {
  program.child.kill(signal)
  return program.ended()
}

const Customer = z.looseObject({ id: z.string() })

const token = (program: Program) => /^export TOKEN=(\S+)$/m.exec(program.output())?.[1]
const masterSecret = () => parseEnv(readFileSync(join(data, 'env'), 'utf8')).MASTER_SECRET

afterAll(async () => {
  for (const program of programs) {
    program.child.kill('SIGTERM')
    await program.ended()
  }
  rmSync(root, { recursive: true })
})

describe('npm start', () => {
  let url = ''
  let customer: z.infer<typeof Customer> = { id: '' }
  let authorization = ''
  let secret: string | undefined

  test('serves what is pasted, alone on its data folder, and leaves no process', async () => {
    const first = await start({})
    await first.wrote('curl -X POST')
    expect(first.output().startsWith(`ready ${first.url}\n`)).toBe(true)
    url = first.url
    authorization = `Bearer ${token(first)}`
    const created = await fetch(`${url}/customer`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: /-d '(.*)'/.exec(first.output())?.[1] ?? '',
    })
    expect(created.status).toBe(201)
    customer = Customer.parse(await created.json())
    secret = masterSecret()

    const twin = await start({})
    expect(await twin.ended()).toBe(1)
    expect(twin.output()).toBe(`Another npm start is using the data folder ${data}\n`)

    expect(await stop(first, 'SIGINT')).toBe(0)
    expect(first.survivors()).toEqual([])
  })

  test('that is ended while it starts leaves no process', async () => {
    for (let output = 'ready'; output !== ''; ) {
      const program = await start({})
      await until(async () => program.survivors().length > 3, 50)
      expect(await stop(program, 'SIGINT')).toBe(0)
      expect(program.survivors()).toEqual([])
      // Whoever was ready before it was ended is not what is meant here.
      output = program.output()
      if (output !== '') expect(output).toMatch(/^ready /)
    }
  })

  test('that is killed leaves a data folder that the next one can use, with all that was kept', async () => {
    const killed = await start({})
    await until(async () => killed.survivors().length > 3, 50)
    await stop(killed, 'SIGKILL')
    const next = await start({ PORT: new URL(url).port })
    await next.wrote('curl -X POST')
    const found = await fetch(`${next.url}/customer/${customer.id}`, { headers: { authorization } })
    expect(await found.json()).toEqual(customer)
    expect(masterSecret()).toBe(secret)
    expect(await stop(next, 'SIGTERM')).toBe(0)
    expect(next.survivors()).toEqual([])
    await until(async () => killed.survivors().length === 0, 50)
  })

  test('forgets everything when asked to, and says that PostgreSQL ended by itself', async () => {
    writeFileSync(join(data, 'notes.txt'), 'mine')
    const fresh = await start({}, '--fresh')
    await fresh.wrote('ready')
    const answer = await fetch(`${fresh.url}/customer/${customer.id}`, {
      headers: { authorization: `Bearer ${token(fresh)}` },
    })
    expect(answer.status).toBe(404)
    expect(masterSecret()).not.toBe(secret)
    expect(readFileSync(join(data, 'notes.txt'), 'utf8')).toBe('mine')

    const pid = readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8')
    process.kill(Number.parseInt(pid, 10), 'SIGKILL')
    expect(await fresh.ended()).toBe(1)
    expect(fresh.output()).toContain('PostgreSQL ended by itself (SIGKILL)\n')
    await until(async () => fresh.survivors().length === 0, 50)
  })
})

describe('npm start says in one sentence', () => {
  test('that its port is in use', async () => {
    const server = createServer()
    const port = await new Promise<string>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address()
        resolve(String(typeof address === 'object' && address?.port))
      })
    })
    const program = await start({ DATA_DIR: other, PORT: port })
    expect(await program.ended()).toBe(1)
    expect(program.output()).toBe(`Port ${port} is in use: choose another with PORT\n`)
    server.close()
  })

  test.each(['http', '65536'])('that %s is no port', async (port) => {
    const program = await start({ DATA_DIR: other, PORT: port })
    expect(await program.ended()).toBe(1)
    expect(program.output()).toBe(`PORT must be a number from 1 to 65535, not ${port}\n`)
  })

  test('that its data folder is a file', async () => {
    const file = join(root, 'file')
    writeFileSync(file, '')
    const program = await start({ DATA_DIR: file })
    expect(await program.ended()).toBe(1)
    expect(program.output()).toMatch(/^The data folder .*file cannot be used: .*\n$/)
  })

  test('that an option does not exist', async () => {
    const program = await start({ DATA_DIR: other }, '--frsh')
    expect(await program.ended()).toBe(1)
    expect(program.output()).toContain("Unknown option '--frsh'")
  })

  test('that its data is not what the migrations expect', async () => {
    const strange = join(root, 'strange')
    const postgres = await startPostgres({ folder: join(strange, 'postgres') })
    const client = new pg.Client(postgres.connectionString())
    await client.connect()
    await client.query('create table customer (id int)')
    await client.end()
    await postgres.stop()
    const program = await start({ DATA_DIR: strange })
    expect(await program.ended()).toBe(1)
    expect(program.output()).toBe(
      `The migrations do not fit the data in ${strange} (relation "customer" already exists): ` +
        'npm start -- --fresh forgets it\n',
    )
  })

  test('that its data was made by other migrations', async () => {
    const older = join(root, 'older')
    const postgres = await startPostgres({ folder: join(older, 'postgres') })
    await migrate(postgres.connectionString())
    const client = new pg.Client(postgres.connectionString())
    await client.connect()
    await client.query(`update drizzle.__drizzle_migrations set hash = 'older'`)
    await client.end()
    await postgres.stop()
    const program = await start({ DATA_DIR: older })
    expect(await program.ended()).toBe(1)
    expect(program.output()).toBe(
      `The migrations do not fit the data in ${older} (the database was made by another 0000_tables.sql ` +
        'than this version has): npm start -- --fresh forgets it\n',
    )
  })

  test('that PostgreSQL ended by itself', async () => {
    const program = await start({ DATA_DIR: other })
    await program.wrote('ready')
    const pid = readFileSync(join(other, 'postgres', 'postmaster.pid'), 'utf8')
    process.kill(Number.parseInt(pid, 10), 'SIGKILL')
    expect(await program.ended()).toBe(1)
    expect(program.output()).toContain('PostgreSQL ended by itself (SIGKILL)\n')
    await until(async () => program.survivors().length === 0)
  })
})
