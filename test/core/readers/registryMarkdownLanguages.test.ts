import { describe, it } from 'vitest';
import { registryMarkdown } from '../../../server/src/core/readers/registryMarkdown.ts';
import { reads } from '../../support/fixture.ts';

describe('registries in many languages', () => {
  it('Portuguese', () => {
    reads(
      registryMarkdown,
      'docs/PORTAS.md',
      `
      # Mapa de portas

      | Serviço | Porta | Contêiner | Notas |
      |---|---|---|---|
      | Pagamentos | 5440 | \`pag-db\` | não exposto |
                     ^^^^ assignment 5440 any Pagamentos container=pag-db internal

      ## Evitar
      - Web: 80, 443
             ^^ forbidden 80 any Web
                 ^^^ forbidden 443 any Web
    `,
    );
  });

  it('Spanish', () => {
    reads(
      registryMarkdown,
      'PUERTOS.md',
      `
      # Mapa de puertos

      | Stack | Servicio | Variable host | Host | Contenedor | Protocolo |
      |---|---|---|---|---|---|
      | media | radar | \`RADAR_PORT\` | 7878 | \`RADAR_CONTAINER_PORT\` / 7879 | TCP |
                                       ^^^^ assignment 7878/tcp host radar
                                                                       ^^^^ assignment 7879/tcp container radar
    `,
    );
  });

  it('French, German, Italian', () => {
    reads(
      registryMarkdown,
      'ports.md',
      `
      # Ports

      | Service | Port Interne | Port externe |
      |---|---|---|
      | paiement | 8080 | 18080 |
                   ^^^^ assignment 8080 container paiement
                          ^^^^^ assignment 18080 host paiement

      ## Reservierte Ports

      - 9100: Abrechnung
        ^^^^ reserved 9100 any Abrechnung

      ## Vietato

      - 8000-8999: Django
        ^^^^^^^^^ forbidden 8000-8999 any Django
    `,
    );
  });

  it('Russian', () => {
    reads(
      registryMarkdown,
      'docs/порты.md',
      `
      # Реестр портов

      | Порт | Протокол | Сервис | Bind (хост) |
      |---|---|---|---|
      | 2222 | tcp | шлюз | 127.0.0.1 |
        ^^^^ assignment 2222/tcp any шлюз address=127.0.0.1
      | 9090 | tcp/udp | туннель | 0.0.0.0 |
        ^^^^ assignment 9090 any туннель address=0.0.0.0

      ## История изменений

      | Дата | Изменение |
      |---|---|
      | 2026-07-11 | Перенос 8200→8888 |
    `,
    );
  });

  it('Chinese', () => {
    reads(
      registryMarkdown,
      'docs/端口.md',
      `
      # 端口分配

      | 端口 | 服务名称 | 状态 | 位置 |
      |------|----------|------|------|
      | 30000 | api-gateway | ✅ 已部署 | docker-compose.dev.yml |
        ^^^^^ assignment 30000 any api-gateway path=docker-compose.dev.yml
      | 30009 | - | 🔓 可用 | - |
        ^^^^^ free 30009 any -

      ## 映射

      | 服务名 | 主机端口 | 容器端口 | 容器名 |
      |---|---|---|---|
      | 统计 | 随机 | 9701 | stats_main |
                  ^^^^ assignment 9701 container 统计 container=stats_main

      5. **避免使用**:
         - 8080, 8000: 常见开发端口
           ^^^^ forbidden 8080 any 常见开发端口
                 ^^^^ forbidden 8000 any 常见开发端口
    `,
    );
  });

  it('Japanese', () => {
    reads(
      registryMarkdown,
      'PORT-MAP.md',
      `
      # ポート一覧

      | サービス | Host port | 内部 | プロトコル |
      |---|---|---|---|
      | 通知 | **3100** | 5173 / 80 | HTTP |
               ^^^^ assignment 3100 host 通知
                        ^^^^ assignment 5173 container 通知
                               ^^ assignment 80 container 通知
      | 検索 | (なし) | 9200 | TCP |
                    ^^^^ assignment 9200/tcp container 検索 internal
      | 地図 | ⚠️ **9001 衝突** | 9001 | |
                  ^^^^ assignment 9001 host 地図 excused clashes
                              ^^^^ assignment 9001 container 地図 excused clashes
      | 計器 | 動的 (0) | - | |
    `,
    );
  });

  it('Korean', () => {
    reads(
      registryMarkdown,
      'docs/port-allocation.md',
      `
      # 포트 할당표

      | 서비스 | 호스트 포트 | 컨테이너 포트 | 비고 |
      |---|---|---|---|
      | 결제 | 19281 | 8080 | |
             ^^^^^ assignment 19281 host 결제
                     ^^^^ assignment 8080 container 결제

      | 서비스 | 포트 | 노드 | 상태 |
      |---|---|---|---|
      | 검색 | 8001 | Mac mini (100.123.51.5) | 📝 예약됨 |
             ^^^^ reserved 8001 any 검색 machine=Mac mini (100.123.51.5)
    `,
    );
  });

  it('Vietnamese, Indonesian, Arabic', () => {
    reads(
      registryMarkdown,
      'ports.md',
      `
      # Ports

      | Dịch vụ | Cổng | Mô tả |
      |---|---|---|
      | thanh-toan | 8101 | |
                     ^^^^ assignment 8101 any thanh-toan

      | Layanan | Port | Keterangan |
      |---|---|---|
      | gudang | 8102 | |
                 ^^^^ assignment 8102 any gudang

      | الخدمة | المنفذ | الوصف |
      |---|---|---|
      | المخزن | 8103 | |
                 ^^^^ assignment 8103 any المخزن
    `,
    );
  });

  it('German words for the two sides', () => {
    reads(
      registryMarkdown,
      'docs/portuebersicht.md',
      `
      # Portübersicht

      | Dienst | Port außen | Port innen | Kommentar |
      |---|---|---|---|
      | Lotse | 8085 | 8080 | 8080 war belegt |
                ^^^^ assignment 8085 host Lotse
                       ^^^^ assignment 8080 container Lotse
    `,
    );
  });

  it('a column with the names in compose files', () => {
    reads(
      registryMarkdown,
      'docs/порты.md',
      `
      # Порты

      | Сервис | Имя в compose | Порт | Старый порт |
      |---|---|---|---|
      | Лоцман | pilot | 8201 | 5001 |
                         ^^^^ assignment 8201 any Лоцман container=pilot
                                ^^^^ former 5001 any Лоцман container=pilot
    `,
    );
  });

  it('a folder tells the name that a service has in code', () => {
    reads(
      registryMarkdown,
      'docs/포트관리.md',
      `
      # 포트 관리

      | 서비스 | 디렉터리 | 포트 |
      |---|---|---|
      | 도선 서버 | apps/pilot-server | 4002 |
                                    ^^^^ assignment 4002 any 도선 서버 container=pilot-server
      | Redis | apps/cache | 6380 |
                             ^^^^ assignment 6380 any Redis
    `,
    );
  });

  it('a second column of names tells the name in code', () => {
    reads(
      registryMarkdown,
      'docs/端口分配表.md',
      `
      # 端口分配表

      | 服务名称 | 模块 | 端口 |
      |---|---|---|
      | 引航服务 | pier-pilot | 9201 |
                            ^^^^ assignment 9201 any 引航服务 container=pier-pilot
      | 泊位服务 | 未定 | 9202 |
                    ^^^^ assignment 9202 any 泊位服务
      | Crane | pier-crane | 9203 |
                             ^^^^ assignment 9203 any Crane

      | 工具 | 版本 | 端口 |
      |---|---|---|
      | 灯塔 | 2.3.0 | 9204 |
                     ^^^^ assignment 9204 any 灯塔
    `,
    );
  });
});
