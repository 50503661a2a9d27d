using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.Proxies;

/// <summary>Settings files of the proxies: those of docs/production.md, with TLS, two dashboards, a path, and short times.</summary>
internal static class ProxySettings
{
    private const int Quiet = ProxyProcess.QuietSeconds;

    /// <summary>nginx: who has no cookie yet stays with the dashboard of their address.</summary>
    public static string Nginx(TemporaryFolder folder, int port, int plainPort, string one, string other)
    {
        const string Forwarded = """
                  proxy_http_version 1.1;
                  proxy_set_header Host $http_host;
                  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                  proxy_set_header X-Forwarded-Proto $scheme;
                  proxy_set_header X-Forwarded-Host $http_host;
            """;
        const string Upgrade = """
                  proxy_set_header Upgrade $http_upgrade;
                  proxy_set_header Connection $connection_upgrade;
            """;
        return $$"""
            daemon off; master_process off; pid {{folder["nginx.pid"]}};
            events { }
            http {
              access_log off;
              client_body_temp_path {{folder["body"]}}; proxy_temp_path {{folder["proxy"]}}; fastcgi_temp_path {{folder["fastcgi"]}}; uwsgi_temp_path {{folder["uwsgi"]}}; scgi_temp_path {{folder["scgi"]}};
              map $http_upgrade $connection_upgrade { default upgrade; '' close; }
              upstream dashboards { hash $http_x_viewer consistent; server {{one}} max_fails=1 fail_timeout=5s; server {{other}} max_fails=1 fail_timeout=5s; }
              proxy_read_timeout {{Quiet}}s; proxy_send_timeout {{Quiet}}s;
              add_header X-Dashboard $upstream_addr always;
              server {
                listen 127.0.0.1:{{port}} ssl;
                ssl_certificate {{folder["cert.pem"]}}; ssl_certificate_key {{folder["cert.pem"]}};
                location / {
                  proxy_pass http://dashboards;
            {{Forwarded}}
            {{Upgrade}}
                }
                location /fleet/ {
                  proxy_pass http://dashboards/;
                  proxy_set_header X-Forwarded-Prefix /fleet;
            {{Forwarded}}
            {{Upgrade}}
                }
              }
              server {
                listen 127.0.0.1:{{plainPort}};
                location / {
                  if ($http_upgrade) { return 403; }
                  proxy_pass http://dashboards;
                  proxy_set_header Connection "";
            {{Forwarded}}
                }
              }
            }
            """;
    }

    /// <summary>HAProxy: a cookie of its own keeps a viewer with a dashboard.</summary>
    public static string HaProxy(TemporaryFolder folder, int port, int plainPort, string one, string other) => $$"""
        global
          log stderr format raw local0 err
        defaults
          mode http
          option forwardfor
          option redispatch
          retries 2
          timeout connect 5s
          timeout client {{Quiet}}s
          timeout server {{Quiet}}s
          timeout tunnel {{Quiet}}s
        frontend tls
          bind 127.0.0.1:{{port}} ssl crt {{folder["cert.pem"]}}
          http-request set-header X-Forwarded-Proto https
          http-request set-header X-Forwarded-Host %[req.hdr(Host)]
          http-request set-header X-Forwarded-Prefix /fleet if { path_beg /fleet/ }
          http-request replace-path /fleet(/.*) \1 if { path_beg /fleet/ }
          default_backend dashboards
        frontend plain
          bind 127.0.0.1:{{plainPort}}
          http-request deny deny_status 403 if { hdr(Upgrade) -m found }
          http-request set-header X-Forwarded-Proto http
          http-request set-header X-Forwarded-Host %[req.hdr(Host)]
          default_backend dashboards
        backend dashboards
          balance roundrobin
          cookie DASHBOARD insert indirect nocache httponly
          option httpchk GET /health/live
          http-response set-header X-Dashboard %s
          default-server check inter 1s fall 1 rise 1 on-marked-down shutdown-sessions
          server {{one}} {{one}} cookie one
          server {{other}} {{other}} cookie other

        """;

    /// <summary>Caddy: a cookie of its own keeps a viewer with a dashboard.</summary>
    public static string Caddy(TemporaryFolder folder, int port, int plainPort, string one, string other)
    {
        var dashboards = $$"""
            reverse_proxy {{one}} {{other}} {
                lb_policy cookie dashboard
                lb_try_duration 5s
                fail_duration 5s
                header_down X-Dashboard {http.reverse_proxy.upstream.hostport}
                PREFIX
                transport http {
                  read_timeout {{Quiet}}s
                }
              }
            """;
        return $$"""
            {
              admin off
              auto_https off
            }
            https://127.0.0.1:{{port}} {
              bind 127.0.0.1
              tls {{folder["cert.pem"]}} {{folder["cert.pem"]}}
              handle_path /fleet/* {
                {{dashboards.Replace("PREFIX", "header_up X-Forwarded-Prefix /fleet", StringComparison.Ordinal)}}
              }
              handle {
                {{dashboards.Replace("PREFIX", "", StringComparison.Ordinal)}}
              }
            }
            http://127.0.0.1:{{plainPort}} {
              bind 127.0.0.1
              @socket header Upgrade *
              respond @socket 403
              {{dashboards.Replace("PREFIX", "", StringComparison.Ordinal)}}
            }

            """;
    }
}
