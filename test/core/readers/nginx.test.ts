import { describe, expect, test } from 'vitest';
import { nginx } from '../../../server/src/core/readers/nginx.ts';
import { reads } from '../../support/fixture.ts';

const conf = (picture: string) => reads(nginx, 'nginx/default.conf', picture);

describe('listen', () => {
  test('in all its forms', () => {
    conf(`
      server {
          listen 80;
                 ^^ listen 80/tcp any -
          listen 8443 ssl http2 default_server;
                 ^^^^ listen 8443/tcp any -
          listen *:8080;
                   ^^^^ listen 8080/tcp any -
          listen 0.0.0.0:8081;
                         ^^^^ listen 8081/tcp any -
          listen [::]:8082 ipv6only=on;
                      ^^^^ listen 8082/tcp any -
          listen 127.0.0.1:8083;
                           ^^^^ listen 8083/tcp any - address=127.0.0.1
          listen [::1]:8084;
                       ^^^^ listen 8084/tcp any - address=::1
          listen localhost:8085 proxy_protocol;
                           ^^^^ listen 8085/tcp any - address=localhost
          listen "8086";
                  ^^^^ listen 8086/tcp any -
          listen 9000-9010;
                 ^^^^^^^^^ listen 9000-9010/tcp any -
          listen 443 quic reuseport;
                 ^^^ listen 443/udp any -
      }
    `);
  });

  test('without a port gives nothing', () => {
    conf(`
      server {
          listen 127.0.0.1;
          listen localhost;
          listen [::1];
          listen unix:/run/site.sock;
          listen;
      }
    `);
  });

  test('in a stream, on udp', () => {
    conf(`
      stream {
          server {
              listen 5353 udp;
                     ^^^^ listen 5353/udp any -
              proxy_pass dns:53;
                             ^^ proxy 53 container dns host=dns
          }
          server { listen 12345; pass 127.0.0.1:8443; }
                          ^^^^^ listen 12345/tcp any -
                                                ^^^^ proxy 8443 host - host=127.0.0.1
      }
    `);
  });

  test('says what nginx refuses', () => {
    conf(`
      server {
          listen 0;
                 ^ problem 0 is not a port: ports go from 1 to 65535.
          listen 127.0.0.1:65536;
                           ^^^^^ problem 65536 is not a port: ports go from 1 to 65535.
          listen 9010-9000;
                 ^^^^^^^^^ problem The range 9010-9000 runs backwards.
          listen 65535;
                 ^^^^^ listen 65535/tcp any -
      }
    `);
  });
});

describe('upstream', () => {
  test('belongs to the server it names, or else to the group', () => {
    conf(`
      upstream orders_backend {
          least_conn;
          server orders:9006 max_fails=3 fail_timeout=30s;
                        ^^^^ upstream 9006 container orders host=orders
          server 10.0.0.7:9007 backup;
                          ^^^^ upstream 9007 host orders_backend host=10.0.0.7
          server localhost:9008;
                           ^^^^ upstream 9008 host orders_backend host=localhost
          server host.docker.internal:9009;
                                      ^^^^ upstream 9009 host orders_backend host=host.docker.internal
          server orders.example.com:9010;
                                    ^^^^ upstream 9010 host orders_backend host=orders.example.com
          server [2001:db8::7]:9011;
                               ^^^^ upstream 9011 host orders_backend host=[2001:db8::7]
          server orders;
          server unix:/run/orders.sock;
          keepalive 32;
      }
      upstream one { server app:80; }
                                ^^ upstream 80 container app host=app
    `);
  });

  test('stands in an upstream only', () => {
    conf(`
      server app:80;
      http {
          server app:81;
          server {
              server_name app:82;
              upstream_server app:83;
          }
      }
    `);
  });
});

describe('proxies', () => {
  test('of every kind, with a port', () => {
    conf(`
      location / { proxy_pass http://web:3000/; }
                                         ^^^^ proxy 3000 container web host=web
      location /g { grpc_pass grpcs://greeter:50051; }
                                              ^^^^^ proxy 50051 container greeter host=greeter
      location ~ \\.php$ { fastcgi_pass php-fpm:9000; }
                                               ^^^^ proxy 9000 container php-fpm host=php-fpm
      location /u { uwsgi_pass uwsgi://django:8001; }
                                              ^^^^ proxy 8001 container django host=django
      location /s { scgi_pass 127.0.0.1:4000; }
                                        ^^^^ proxy 4000 host - host=127.0.0.1
      location /m { memcached_pass localhost:11211; }
                                             ^^^^^ proxy 11211 host - host=localhost
      location /6 { proxy_pass http://[::1]:8080?x=1; }
                                            ^^^^ proxy 8080 host - host=[::1]
      location /r { proxy_pass http://web:3001$request_uri; }
                                          ^^^^ proxy 3001 container web host=web
      location /d { proxy_pass https://hub.example.com:5000; }
                                                       ^^^^ proxy 5000 host - host=hub.example.com
    `);
  });

  test('give nothing without a port of their own', () => {
    conf(`
      location /a { proxy_pass http://orders_backend; }
      location /b { proxy_pass https://api.example.com/v1; }
      location /c { proxy_pass http://unix:/run/app.sock:/; }
      location /d { proxy_pass http://app:808$slot; }
      location /e { proxy_pass http://app:80a; }
      location /f { proxy_pass $unknown; }
      # proxy_pass http://old:8000;
      location /g { return 302 http://web:3000; add_header Alt-Svc 'h3=":8443"'; }
    `);
  });

  test('refused by nginx are problems', () => {
    conf(`
      location / { proxy_pass http://web:70000; }
                                         ^^^^^ problem 70000 is not a port: ports go from 1 to 65535.
    `);
  });
});

describe('variables', () => {
  test('are followed to the pass that uses them', () => {
    conf(`
      location /a { set $up http://billing:8000; proxy_pass $up; }
                                           ^^^^ proxy 8000 container billing host=billing
      location /b { set $api "ledger:8001"; proxy_pass http://$api$request_uri; }
                                     ^^^^ proxy 8001 container ledger host=ledger
      location /c { set $first http://chained:8002; set $second $first; proxy_pass \${second}/x; }
                                              ^^^^ proxy 8002 container chained host=chained
      location /d { set $unused http://nobody:8003; }
    `);
  });

  test('may hold the host or the port alone, each in its own block', () => {
    conf(`
      location /a { set $port 9006; proxy_pass http://tasks:$port; }
                              ^^^^ proxy 9006 container tasks host=tasks
      location /b { set $port 9007; proxy_pass http://jobs:\${port}/; }
                              ^^^^ proxy 9007 container jobs host=jobs
      location /c { set $host_name mailer; proxy_pass http://$host_name:8025; }
                                                                        ^^^^ proxy 8025 container mailer host=mailer
      location /d { proxy_pass http://$anything:8026; }
                                                ^^^^ proxy 8026 any -
    `);
  });

  test('of the blocks around, of conditions and of other blocks count', () => {
    conf(`
      server {
          set $up http://green:8001;
                               ^^^^ proxy 8001 container green host=green
          if ($cookie_blue = "yes") { set $up http://blue:8002; }
                                                          ^^^^ proxy 8002 container blue host=blue
          location / { proxy_pass $UP; }
          location /x { set $named http://named:8003; try_files /none @named; }
                                                ^^^^ proxy 8003 container named host=named
          location @named { proxy_pass $named; }
      }
    `);
  });

  test('come from tables', () => {
    conf(`
      map $http_host $tenant {
          hostnames;
          default     http://shop:8000;
                                  ^^^^ proxy 8000 container shop host=shop
          *.admin.org http://admin:8001;
                                   ^^^^ proxy 8001 container admin host=admin
          include     tenants:9999;
      }
      map $http_x $other { default unused:7000; listen 80; }
      geo $near { default 8100; 10.0.0.0/8 8101; }
                          ^^^^ proxy 8100 container edge host=edge
                                           ^^^^ proxy 8101 container edge host=edge
      split_clients "\${remote_addr}x" $variant { 5% canary:8200; * stable:8201; }
                                                           ^^^^ proxy 8200 container canary host=canary
                                                                          ^^^^ proxy 8201 container stable host=stable
      server {
          location / { proxy_pass $tenant; }
          location /e { proxy_pass http://edge:$near; }
          location /v { proxy_pass http://$variant; }
      }
    `);
  });

  test('that go round in a circle end', () => {
    conf('location / { set $a $b; set $b $a; proxy_pass $a; }\n');
  });
});

describe('templates', () => {
  test('ports of the environment', () => {
    reads(
      nginx,
      'templates/default.conf.template',
      `
      upstream api { server \${API_HOST}:\${API_PORT}; }
                                        ^^^^^^^^^^^ upstream ? any api via=API_PORT
      server {
          listen \${NGINX_PORT};
                 ^^^^^^^^^^^^^ listen ?/tcp any - via=NGINX_PORT
          listen [::]:$NGINX_PORT ssl;
                      ^^^^^^^^^^^ listen ?/tcp any - via=NGINX_PORT
          listen \${ADMIN_PORT:-8081};
                 ^^^^^^^^^^^^^^^^^^^ problem envsubst knows no default values: nginx is given \${ADMIN_PORT:-8081} as it stands and refuses it
          location /a { proxy_pass http://web:\${WEB_PORT}/; }
                                              ^^^^^^^^^^^ proxy ? container web host=web via=WEB_PORT
          location /b { proxy_pass http://\${WEB_HOST}:3000; }
                                                      ^^^^ proxy 3000 any -
          location /c { proxy_pass http://web:$server_port; }
      }
    `,
    );
  });

  test('a variable that the file sets is not of the environment', () => {
    conf(`
      location / { set $PORT 9006; proxy_pass http://web:$PORT; }
                             ^^^^ proxy 9006 container web host=web
    `);
  });

  test('placeholders of other engines give no nonsense', () => {
    conf(`
      {% if tls %}
      upstream {{ name }} { server {{ host }}:{{ port }}; server 127.0.0.1:{{SERVICE_PORT}}; }
      {% endif %}
      server {
          {# the port is filled in #}
          listen {{ port }};
          listen __PORT__;
          listen 80__X__;
          listen <%= port %>;
          listen @PORT@ ssl;
          location / { proxy_pass http://{{HOST}}:8080; }
                                                  ^^^^ proxy 8080 any -
          location /a { proxy_pass http://__HOST__:__PORT__; }
          location /b { proxy_pass http://BACKEND_HOST:8081; }
                                                       ^^^^ proxy 8081 any -
      }
      server { listen 82; }
                      ^^ listen 82/tcp any -
    `);
  });
});

describe('half-typed files', () => {
  test('missing semicolons and braces', () => {
    conf(`
      upstream tasks {
          server tasks-a:9006
                         ^^^^ upstream 9006 container tasks-a host=tasks-a
          server tasks-b:9007;
                         ^^^^ upstream 9007 container tasks-b host=tasks-b
      server {
          listen 80
                 ^^ listen 80/tcp any -
          listen 81;
                 ^^ listen 81/tcp any -
          location / {
              proxy_pass http://web:3000
                                    ^^^^ proxy 3000 container web host=web
          }
      }
      }}
      server { listen 82 }
                      ^^ listen 82/tcp any -
    `);
  });

  test('a quote that does not end', () => {
    conf(`
      server {
          add_header X-Who "someone;
          listen 81;
                 ^^ listen 81/tcp any -
          add_header X-What "something";
          listen 82;
                 ^^ listen 82/tcp any -
          add_header X-Why 'because;
          listen 83;
                 ^^ listen 83/tcp any -
      }
    `);
  });

  test('Lua is no nginx', () => {
    conf(`
      server {
          content_by_lua_block {
              local t = { ["}"] = '}', [[ } ]] } -- }
              --[==[ } listen 80; ]] } ]==]
              ngx.say("listen 80; proxy_pass http://lua:1;")
          }
          listen 81;
                 ^^ listen 81/tcp any -
      }
    `);
  });

  test('a byte order mark and carriage returns', () => {
    const text = '\uFEFFserver {\r\n  listen 8080;\r\n  # listen 1;\r\n}\r\n';
    expect(nginx.read(text, 'a.conf')!.uses.map(({ span }) => text.slice(span.start, span.end))).toEqual(['8080']);
  });
});

describe('which files', () => {
  test.each([
    'nginx.conf',
    'docker/nginx/conf.d/default.conf',
    'nginx/templates/default.conf.template',
    'templates/tcp.stream-template',
    'nginx.conf.j2',
    'api.nginx',
    'etc/nginx/sites-enabled/example.com',
    'sites-available/default',
  ])('wants %s', (path) => expect(nginx.wants(path)).toBe(true));

  test.each([
    '.env.template',
    'env.template',
    'conf.d/README.md',
    'sites-available/setup.sh',
    'docker-compose.yml',
    'nginx/Dockerfile',
    'values.yaml.template',
    'docs/conf.d.md',
  ])('does not want %s', (path) => expect(nginx.wants(path)).toBe(false));

  test.each([
    ['redis', 'port 6379\nbind 127.0.0.1\nsave 900 1\n'],
    ['supervisor', '[program:api]\ncommand=uvicorn app:app --port 8000 ; the API\n'],
    ['apache', 'Listen 80\n<VirtualHost *:80>\n  ProxyPass / http://web:3000/\n</VirtualHost>\n'],
    ['php-fpm', '[www]\nlisten = 127.0.0.1:9000\n'],
    ['HOCON', 'server {\n  port = 8080\n  upstream = "http://web:3000"\n}\n'],
    ['haproxy', 'listen stats\n  bind *:1936\nbackend api\n  server api1 10.0.0.1:8000 check\n'],
    ['bind', 'options {\n  listen-on port 53 { any; };\n};\nserver 10.0.0.1 { keys k; };\n'],
    ['JSON', '{ "Resources": { "listen": 80 } }\n'],
    ['nothing', ''],
  ])('leaves %s alone', (_, text) => expect(nginx.read(text, 'some.conf')).toBeUndefined());

  test('takes blocks without ports', () => {
    expect(nginx.read('location /static {\n  root /srv;\n}\n', 'static.conf')?.uses).toEqual([]);
  });
});
