/**
 * A workspace full of secrets, each near a port, and most on a line with a finding. They are all of one shape, so that
 * none can be overlooked in what the programs say.
 */
export const SECRET = /hush[a-z0-9/]*\d\d/i;

export const treasure: Readonly<Record<string, string>> = {
  'PORTS.md': `# Ports

| Port | Service | Notes | URL |
| --- | --- | --- | --- |
| 9700 | pier | password: hush01 | http://admin:hush02@pier:9700/ |
| 9701 | quay | log in with token=hush03 | <https://quay:9701/?api_key=hush04> |
| 9702 | mole | admin password is \`hush05\` | |
| 9703 | lock | | |
| 9704 | weir | | |
| 9705 | dock | secret: "hush06" | |
| 9705 | wharf | | http://wharf:9705/?password=hush07 |

- pier: 9790 (password hush08)
`,
  'port-registry.yaml': `services:
  pier: { port: 9710, password: hush09, description: "token: hush10" }
  quay:
    port: 9711
    url: http://root:hush11@quay:9711/
    note: "api key: hush12"
`,
  '.env': `PIER_PORT=9720 # the old password was hush13
DB_PASSWORD=hush14
API_TOKEN=hush15
PIER_URL=http://admin:hush16@pier:9721/
DATABASE_URL=postgres://admin:hush17@localhost:9722/db?sslpassword=hush18
REDIS_URL=redis://:hush/19@quay:9723/0
SQL="Server=localhost,9724;User Id=sa;Password=hush20;"
QUAY_PORT=hush21
WEIR_PORT=99999hush22
MOLE_HOOK=http://mole:9725/services/hush23
BASIC_AUTH=admin:hush24
LOCK_PORT=99999 hush25
SSH_KEY="-----BEGIN KEY-----
hush26
-----END KEY-----"
`,
  'compose.yaml': `x-secrets: &secrets { TOKEN: hush30, LOCK_URL: "http://lock:9730/hush31" }
services:
  pier:
    ports: ["\${PIER_PORT}:80"]
    environment: { PASSWORD: hush32, PORT: 9731, PIER_URL: "http://admin:hush33@pier:9732" }
    command: serve --password hush34 --requirepass=hush35 --port 9733 --token hush36 -p hush37
  quay:
    container_name: quay
    ports: ["9734:80"]
    environment:
      POSTGRES_PASSWORD: hush38
      MOTTO: hush39
      PORT: 9735
      QUAY_URL: postgres://u:hush40@quay:9736/x
      SALT: \${SALT:-hush41}
    healthcheck: { test: "curl -u admin:hush42 -H 'Authorization: Bearer hush43' http://localhost:9737/" }
    labels:
      - "traefik.http.services.quay.loadbalancer.server.port=9738"
      - "traefik.http.middlewares.quay.basicauth.users=admin:hush44"
  mole:
    ports: ["9739:80"]
    build: { context: ., args: { NPM_TOKEN: hush45 } }
  lock:
    environment: *secrets
    ports: [ "9740:80" ] # password hush46
  weir: { ports: ["9741:99"], environment: ["SECRET_KEY=hush47", "WEIR_PORT=9742"] }
`,
  'nginx.conf': `upstream pier { server pier:9750; }
server {
  listen 80;
  location /a { proxy_set_header Authorization "Basic hush50"; proxy_pass http://pier:9751; }
  location /b { proxy_pass http://admin:hush51@quay:9752/?token=hush52; }
  location /c { set $key "hush53"; proxy_set_header X-Api-Key hush54; proxy_pass http://mole:9753; }
}
`,
  Dockerfile: `FROM scratch
ARG NPM_TOKEN=hush60
ENV API_KEY=hush61 PORT=9760 PASSWORD hush62
EXPOSE 9761
HEALTHCHECK CMD curl -u admin:hush63 http://localhost:9762/
`,
};

/** All secrets that are hidden in it. */
export const secrets = Object.values(treasure).flatMap((text) => text.match(new RegExp(SECRET, 'gi')) ?? []);
