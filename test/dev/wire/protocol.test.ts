import { describe, expect, test } from 'vitest'
import { startTestWire } from '../../support/wire.ts'
import { ask } from './request.ts'

const wire = await startTestWire()
const raw = { 'neon-raw-text-output': 'true' }
const array = { 'neon-array-mode': 'true' }

describe('the answer to one statement', () => {
  const body = { query: 'select 1::int2 as n, null as nothing', params: [] }

  test('describes its columns', async () => {
    const answer = await ask(wire, { body, headers: { ...raw, ...array } })
    expect(answer.status).toBe(200)
    const common = { tableID: 0, columnID: 0, dataTypeModifier: -1, format: 'text' }
    expect(answer.body).toEqual({
      fields: [
        { ...common, name: 'n', dataTypeID: 21, dataTypeSize: 2 },
        { ...common, name: 'nothing', dataTypeID: 25, dataTypeSize: -1 },
      ],
      rows: [['1', null]],
      command: 'SELECT',
      rowCount: 1,
      rowAsArray: true,
    })
  })

  test.each([
    [{ ...raw, ...array }, true, [['1', null]]],
    [raw, false, [{ n: '1', nothing: null }]],
    [array, true, [[1, null]]],
    [{}, false, [{ n: 1, nothing: null }]],
    [{ 'neon-raw-text-output': 'TRUE', 'neon-array-mode': '1' }, false, [{ n: 1, nothing: null }]],
  ])('has the shape that the headers %o ask for', async (headers, rowAsArray, rows) => {
    expect((await ask(wire, { body, headers })).body).toMatchObject({ rowAsArray, rows })
  })

  test('has the shape that the statement itself asks for', async () => {
    const answer = await ask(wire, { body: { ...body, arrayMode: true }, headers: raw })
    expect(answer.body).toMatchObject({ rowAsArray: true, rows: [['1', null]] })
  })

  test('has JSON values when raw text is not asked for', async () => {
    const query = `select true as yes, 1::int4 as small, 2::int8 as big, 1.5::float8 as real,
      'NaN'::float8 as nan, '-Infinity'::float4 as least, 1.10::numeric as money,
      '{"a":[1,null]}'::jsonb as document, array[[1,2],[3,null]] as grid,
      array['NULL', null, 'a"b\\c', 'x,y', ''] as words, '[2:3]={t,f}'::bool[] as bounds,
      '{}'::text[] as none, array['{"k":"v"}'::json] as documents`
    expect((await ask(wire, { body: { query } })).body).toMatchObject({
      rows: [
        {
          yes: true,
          small: 1,
          big: '2',
          real: 1.5,
          nan: 'NaN',
          least: '-Infinity',
          money: '1.10',
          document: { a: [1, null] },
          grid: [
            [1, 2],
            [3, null],
          ],
          words: ['NULL', null, 'a"b\\c', 'x,y', ''],
          bounds: [true, false],
          none: [],
          documents: [{ k: 'v' }],
        },
      ],
    })
  })

  test('takes parameters as plain JSON', async () => {
    const query = `select $1::bool as b, $2::int as n, $3::jsonb as o, $4::text as t, $5::text as x,
      $6::text[] as l, $7::jsonb[] as d`
    const params = [true, 42, { a: 'é' }, 'foo"', null, ['a"b\\', null, 'NULL', '1'], [{ k: 1 }]]
    expect((await ask(wire, { body: { query, params } })).body).toMatchObject({
      rows: [
        {
          b: true,
          n: 42,
          o: { a: 'é' },
          t: 'foo"',
          x: null,
          l: ['a"b\\', null, 'NULL', '1'],
          d: [{ k: 1 }],
        },
      ],
    })
  })

  test('to an empty query is empty', async () => {
    expect(await ask(wire, { body: { query: '' } })).toMatchObject({
      status: 200,
      body: { command: '', rowCount: null, rows: [], fields: [] },
    })
  })
})

describe('a batch', () => {
  const queries = [{ query: 'select 1 as n' }, { query: 'select 2 as n', arrayMode: true }]

  test('answers in order, each statement in its own shape', async () => {
    expect((await ask(wire, { body: { queries } })).body).toMatchObject({
      results: [{ rows: [{ n: 1 }] }, { rows: [[2]], rowAsArray: true }],
    })
  })

  test.each(['ReadUncommitted', 'ReadCommitted', 'RepeatableRead', 'Serializable'])(
    'repeats the isolation %s in its headers',
    async (level) => {
      const headers = {
        'neon-batch-isolation-level': level,
        'neon-batch-read-only': 'true',
        'neon-batch-deferrable': 'true',
      }
      expect((await ask(wire, { body: { queries }, headers })).headers).toMatchObject(headers)
    },
  )

  test('repeats no header that was not sent, or is not `true`', async () => {
    const headers = { 'neon-batch-read-only': 'false' }
    const answer = await ask(wire, { body: { queries }, headers })
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('neon-'))).toEqual([])
  })

  test('is refused with an isolation level that does not exist', async () => {
    const headers = { 'neon-batch-isolation-level': 'serializable' }
    expect(await ask(wire, { body: { queries }, headers })).toMatchObject({
      status: 400,
      body: { message: 'invalid isolation level', code: '' },
    })
  })
})

describe('a refusal', () => {
  test('has every field, and null where PostgreSQL says nothing', async () => {
    const answer = await ask(wire, { body: { query: 'select nothing_here' } })
    expect(answer).toEqual({
      status: 400,
      headers: expect.objectContaining({ 'content-type': 'application/json' }),
      body: {
        message: 'column "nothing_here" does not exist',
        code: '42703',
        detail: null,
        hint: null,
        position: '8',
        internalPosition: null,
        internalQuery: null,
        severity: 'ERROR',
        where: null,
        table: null,
        column: null,
        schema: null,
        dataType: null,
        constraint: null,
        file: 'parse_relation.c',
        line: expect.stringMatching(/^\d+$/),
        routine: 'errorMissingColumn',
      },
    })
  })

  test('tells where in a function it happened', async () => {
    const query = `do $$ begin execute 'select nothing_here'; end $$`
    expect((await ask(wire, { body: { query } })).body).toMatchObject({
      internalPosition: '8',
      internalQuery: 'select nothing_here',
      where: expect.stringContaining('PL/pgSQL function'),
    })
  })

  const body = { query: 'select 1' }
  const string = wire.connectionString
  test.each([
    ['no connection string', undefined, 'invalid header: neon-connection-string'],
    ['no URL', 'customer', 'invalid connection string: not a URL'],
    ['another scheme', string.replace('postgresql', 'mysql'), 'incorrect scheme'],
    ['no database', string.replace('/customer', '/'), 'missing database name'],
    ['no user', string.replace('postgres:postgres@', ''), 'missing username'],
    [
      'no password',
      string.replace(':postgres@', '@'),
      'missing authentication credentials: required password',
    ],
  ])('is given for %s', async (_, header, message) => {
    const headers = { 'neon-connection-string': header }
    expect(await ask(wire, { body, headers })).toMatchObject({ status: 400, body: { message } })
  })

  test.each([
    ['a wrong password', string.replace(':postgres@', ':wrong@'), '28P01'],
    ['an unknown database', string.replace('/customer', '/nowhere'), '3D000'],
  ])('is given for %s', async (_, header, code) => {
    const headers = { 'neon-connection-string': header }
    expect(await ask(wire, { body, headers })).toMatchObject({ status: 400, body: { code } })
  })

  test.each([
    ['no JSON', '{'],
    ['another shape', '{"sql":"select 1"}'],
    ['a list', '[]'],
    ['parameters that are no list', '{"query":"select 1","params":{}}'],
    ['a query in a batch that is none', '{"queries":[1]}'],
    ['half a character', '{"query":"select $1","params":["\\ud83d"]}'],
  ])('is given for a body with %s', async (_, text) => {
    const answer = await ask(wire, { body: text })
    expect(answer.status).toBe(400)
    expect(answer.body).toHaveProperty(
      'message',
      expect.stringMatching(/^could not parse the HTTP request body: ./),
    )
  })

  test('is given for a NUL, in the query and in a parameter', async () => {
    expect(await ask(wire, { body: { query: 'select 1\0' } })).toMatchObject({
      status: 400,
      body: { message: 'string contains embedded null' },
    })
    expect(await ask(wire, { body: { query: 'select $1', params: ['\0'] } })).toMatchObject({
      status: 400,
      body: { code: '22021' },
    })
  })

  test('is given for COPY, whose data this wire cannot carry', async () => {
    for (const query of ['copy pg_class to stdout', 'copy pg_class from stdin']) {
      expect(await ask(wire, { body: { query } })).toMatchObject({ status: 400 })
      expect(await ask(wire, { body: { queries: [{ query }, body] } })).toMatchObject({
        status: 400,
      })
    }
  })

  test('is given when PostgreSQL is away', async () => {
    const away = await startTestWire({ connectionString: 'postgresql://u:p@127.0.0.1:1/d' })
    expect(await ask(away, { body })).toMatchObject({
      status: 500,
      body: { message: "Couldn't connect to compute node" },
    })
  })
})

describe('other requests', () => {
  test.each([
    ['GET', '/sql'],
    ['POST', '/'],
    ['POST', '/sql/x'],
    ['OPTIONS', '/sql'],
    ['GET', '/v2'],
  ])('get 404: %s %s', async (method, path) => {
    expect((await ask(wire, { method, path })).status).toBe(404)
  })

  test('with a query string are the same request', async () => {
    expect((await ask(wire, { path: '/sql?x=1', body: { query: 'select 1' } })).status).toBe(200)
  })
})

describe('a page in a browser, which says where it is from', () => {
  const origins = ['https://evil.example', `http://localhost:${wire.port}`, 'null']
  const upgrade = { connection: 'Upgrade', upgrade: 'websocket' }

  test.each(
    origins.flatMap(
      (origin) =>
        [
          ['POST', '/sql', { origin }],
          ['OPTIONS', '/sql', { origin, 'access-control-request-method': 'POST' }],
          ['GET', '/v2', { origin, ...upgrade }],
          ['GET', '/v1?address=127.0.0.1:5432', { origin, ...upgrade }],
        ] as const,
    ),
  )('gets nothing: %s %s %o', async (method, path, headers) => {
    const body = method === 'POST' ? { query: 'select 1 as seen' } : ''
    const answer = await ask(wire, { method, path, headers, body })
    expect(answer.status).toBe(403)
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
    expect(JSON.stringify(answer.body)).not.toContain('seen')
  })
})
