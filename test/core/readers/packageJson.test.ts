import { describe, expect, test } from 'vitest';
import { packageJson } from '../../../server/src/core/readers/packageJson.ts';
import { reads } from '../../support/fixture.ts';

const sees = (picture: string) => reads(packageJson, 'quay/package.json', picture);

describe('which files are read', () => {
  test.each(['package.json', 'apps/quay/package.json'])('%s', (path) => expect(packageJson.wants(path)).toBe(true));
  test.each(['package-lock.json', 'my-package.json', 'package.json.bak'])('not %s', (path) =>
    expect(packageJson.wants(path)).toBe(false),
  );
  test.each([
    '{"name": "quay", "version": "1.20.30", "exports": "./quay.10.js", "scripts": {"build": "tsc -p tsconfig.json"}}',
    '{"scripts": {"dev": "next dev"}, "description": "port 3001"}',
    '',
    '{',
  ])('not one without a port: %s', (text) => expect(packageJson.read(text, 'package.json')).toBeUndefined());
});

test('options, variables and what other programs are told', () => {
  sees(String.raw`
    {
      "name": "@harbour/quay",
      "scripts": {
        "dev": "next dev -p 3001",
                            ^^^^ command 3001 any quay
        "start": "next start --port=3001 -H 0.0.0.0",
                                    ^^^^ command 3001 any quay
        "start:prod": "NODE_ENV=production PORT=3001 node dist/main.js",
                                                ^^^^ environment 3001 any quay
        "dev:local": "cross-env PORT=\"3002\" HOST=0.0.0.0 nodemon src",
                                       ^^^^ environment 3002 any quay
        "serve": "vite --port ${'$'}{PORT:-5173} --host",
                                      ^^^^ command 5173 any quay via=PORT
        "storybook": "storybook dev -p 6006",
                                       ^^^^ command 6006 any -
        "test": "PORT=4001 vitest",
                      ^^^^ environment 4001 any -
        "build": "tsc -p 12"
      }
    }
  `);
});

test('what runs elsewhere, or beside others, is not given to the package', () => {
  sees(String.raw`
    {
      "name": "quay",
      "scripts": {
        "dev": "concurrently \"next dev -p 3001\" \"json-server --port 4001\"",
                                           ^^^^ command 3001 any -
                                                                       ^^^^ command 4001 any -
        "start": "cd ../crane && vite --port 3002",
                                             ^^^^ command 3002 any -
        "serve": "pnpm --filter crane vite --port 3003",
                                                  ^^^^ command 3003 any -
        "run": "json-server --port 3004 & node .",
                                   ^^^^ command 3004 any -
        "watch": "tide-mock --port 3005",
                                   ^^^^ command 3005 any -
        "server": "docker compose up -d && next dev -p 3006"
                                                       ^^^^ command 3006 any quay
      }
    }
  `);
  sees(`
    {"name": "fleet", "workspaces": ["apps/*"], "scripts": {"dev": "next dev -p 3001"}}
                                                                                ^^^^ command 3001 any -
  `);
});

test('docker run, URLs and addresses', () => {
  sees(`
    {
      "name": "quay",
      "scripts": {
        "db": "docker run --rm --name quay-db -p 127.0.0.1:5433:5432 -e X=1 postgres:16",
                                                           ^^^^ published 5433/tcp host quay-db address=127.0.0.1
                                                                ^^^^ target 5432/tcp container quay-db
        "dev": "wait-on http://localhost:4000/health && API_URL=http://crane:4001 next dev",
                                         ^^^^ url 4000 any - host=localhost
                                                                             ^^^^ url 4001 container crane host=crane within=quay
        "bad": "serve -p 70000"
                         ^^^^^ problem 70000 is not a port: ports go from 1 to 65535.
      }
    }
  `);
});
