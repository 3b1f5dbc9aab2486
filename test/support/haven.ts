/** A workspace in which all kinds of files lean on each other, with some contradictions. Path → text. */
export const haven: Readonly<Record<string, string>> = {
  'PORTS.md': `# Ports of the haven

One table for each quay. The host port is what ships see.

## Production

| Service     | Host port | Container | Notes                   |
| ----------- | --------- | --------- | ----------------------- |
| lantern     | 9001      | 8080      | owner: keepers          |
| beacon      | 9002      | 8080      | was 9012 until spring 🚢 |
| tide-api    | 9003      | 3000      |                         |
| harbour-db  | 5432      | 5432      | not seen from outside   |
| mole        | 9005      | 80        | see http://mole:9005/   |

## Development

| Service  | Port  |
| -------- | ----- |
| lantern  | 19001 |
| beacon   | 19002 |

- 9020-9029: buoys
- **9004**: free
`,
  'compose.yaml': `name: haven
services:
  lantern:
    image: haven/lantern
    ports:
      - "9011:8080"
    environment:
      TIDE_URL: http://tide-api:3001
      PORT: 8080
  beacon:
    image: haven/beacon # 🗼 on the rock
    ports: ["\${BEACON_PORT:-9002}:8080"]
    env_file: [beacon.env]
  tide-api:
    build: ./tide
    ports:
      - target: 3000
        published: 9003
        protocol: tcp
    depends_on: [harbour-db]
  harbour-db:
    image: postgres:16
    expose: ["5432"]
  pilot:
    image: haven/pilot
    ports: ["9001:90"]
`,
  'compose.override.yaml': `services:
  lantern:
    ports: ["19001:8080"]
  mole:
    image: nginx
    ports: ["9005:80"]
`,
  'north/compose.yaml': `include: [../compose.yaml]
services:
  buoy:
    extends: { file: ../compose.yaml, service: lantern }
    ports: ["\${BUOY_PORT}:8080"]
`,
  '.env': `# Of the haven
BEACON_PORT=9012
LANTERN_PORT=9001
TIDE_URL=http://localhost:9003/tide
COMPOSE_PROJECT_NAME=haven
`,
  'north/.env': 'BUOY_PORT=9021\n',
  'beacon.env': 'PORT=8081\nLANTERN_URL=http://lantern:8080\n',
  'nginx/nginx.conf': `# The front of the haven
events {}
http {
  upstream tide { server tide-api:3000; server tide-api:3009 backup; }
  include conf.d/*.conf;
  server {
    listen 80;
    location /lantern/ { proxy_pass http://lantern:8080/; }
    location /beacon/ { set $up beacon; proxy_pass http://$up:8089; }
    location /tide/ { proxy_pass http://tide; }
  }
}
`,
  'nginx/conf.d/mole.conf': 'server {\n  listen 9005;\n  location / { proxy_pass http://mole:80; }\n}\n',
  'tide/Dockerfile': 'FROM node:20\nENV PORT=3000\nEXPOSE 3000\nCMD ["node", "tide.js", "--port", "3000"]\n',
  'config/ports.yaml': `# Ports of the outer quay
services:
  lantern: { port: 9001, container_port: 8080 }
  crane:
    port: 9006
    owner: outer quay
reserved: [9030, 9031]
`,
  'portolan.yaml': 'rules:\n  unregistered-port: warning\naliases:\n  tide: [tide-api]\n',
};

/** The files of the haven that people edit, by language. */
export const languages = {
  compose: ['compose.yaml', 'compose.override.yaml', 'north/compose.yaml'],
  nginx: ['nginx/nginx.conf', 'nginx/conf.d/mole.conf'],
  'markdown registry': ['PORTS.md'],
  dotenv: ['.env', 'beacon.env', 'north/.env'],
  'yaml registry': ['config/ports.yaml'],
  settings: ['portolan.yaml'],
} as const;
