namespace ExecutionDashboard.Simulator.Fleet;

/// <summary>The jobs of the fleet. Their secrets are made up; they are there so that a reader of specs has something to mask.</summary>
internal static class JobCatalogue
{
    /// <summary>All of them, in the order in which a fleet gets them.</summary>
    public static IReadOnlyList<JobSeed> All { get; } =
    [
        new("plant-sensor-ingest", "production", "pipeline", "Reads PLC sensors over MQTT, drops noise and forwards to Kafka", 90, "industrial",
            """{"match_labels":{"role":"plant"},"match_expressions":["tier in (edge,gateway)","!debug"]}""",
            new("rolling", Nodes: 3, Percent: 10), Scene.MidRollout,
            """
            {"input":{"mqtt":{"urls":["tls://mqtt.plant.local:8883"],"topics":["plc/+/telemetry"],"client_id":"${NODE_NAME}","user":"ingest","password":"s3nsor-Pa55!","qos":1}},
             "pipeline":{"threads":2,"processors":[{"mapping":"root = this\nroot.site = env(\"SITE\")"},{"dedupe":{"cache":"recent","key":"${! json(\"id\") }"}}]},
             "buffer":{"sqlite":{"path":"/var/lib/expanso/buffer.db"}},
             "output":{"kafka":{"addresses":["kafka-1.core.example.com:9093","kafka-2.core.example.com:9093"],"topic":"sensor.raw","sasl":{"mechanism":"SCRAM-SHA-512","user":"edge","password":"kfk-9f1b77c2e0"},"batching":{"count":500,"period":"1s"}}},
             "cache_resources":[{"label":"recent","memory":{"default_ttl":"60s"}}]}
            """),
        new("syslog-shipper", "production", "pipeline", "Ships system logs of every Linux node to Elasticsearch", 50, "platform",
            """{"match_expressions":["os==linux"]}""",
            new("rolling", Nodes: 20, Percent: 20), Scene.Calm,
            """
            {"input":{"syslog":{"address":"0.0.0.0:5514","format":"rfc5424"}},
             "pipeline":{"threads":1,"processors":[{"mapping":"root.message = this.message\nroot.host = hostname()"},{"group_by":[{"check":"this.severity <= 3","processors":[]}]}]},
             "output":{"elasticsearch":{"urls":["https://shipper:E5-s3cret@logs.example.com:9200"],"index":"edge-logs","batching":{"count":200,"period":"5s"}}}}
            """),
        new("retail-pos-events", "retail", "pipeline", "Point-of-sale events, card numbers removed before they leave the store", 95, "retail",
            """{"match_labels":{"role":"store"},"match_expressions":["env!=staging"]}""",
            new("canary", Nodes: 5, Percent: 15, CanaryPercent: 10), Scene.CanaryWaits,
            """
            {"input":{"http_server":{"address":"127.0.0.1:4195","path":"/pos","timeout":"5s"}},
             "pipeline":{"threads":4,"processors":[{"mapping":"root = this.without(\"card.number\", \"card.cvc\")\nroot.card.hash = this.card.number.hash(\"sha256\", env(\"PAN_SALT\"))"},{"compress":{"algorithm":"zstd"}}]},
             "output":{"http_client":{"url":"https://ingest.example.com/v2/events","verb":"POST","headers":{"Authorization":"Bearer eyJhbGciOiJIUzI1NiJ9.c3RvcmU.4rT9"},"max_in_flight":16,"batching":{"count":100,"period":"2s"}}}}
            """),
        new("video-anomaly-inference", "production", "pipeline", "Scores camera frames on GPU nodes and keeps only anomalies", 70, "vision",
            """{"match_expressions":["gpu in (l4,t4)"]}""",
            new("canary", Nodes: 4, Percent: 25, CanaryPercent: 20, AutoPromote: true), Scene.RolledBack,
            """
            {"input":{"http_client":{"url":"rtsp-bridge://cameras.local/frames","verb":"GET","rate_limit":"frames"}},
             "pipeline":{"threads":8,"processors":[{"mapping":"root.frame = content()\nroot.model = \"anomaly-v7\""},{"wasm":{"module_path":"/opt/models/transform.wasm"}}]},
             "output":{"aws_s3":{"bucket":"edge-archive-frames","path":"${! timestamp_unix() }.json","region":"eu-central-1","credentials":{"id":"AKIAEXAMPLE0000000","secret":"wJalrEXAMPLEKEYnotreal"},"batching":{"count":50,"period":"10s"}}}}
            """),
        new("vessel-telemetry-sync", "production", "pipeline", "Stores telemetry at sea and forwards it when the link is up", 60, "maritime",
            """{"match_labels":{"role":"vessel"}}""",
            new("rolling", Nodes: 6, Percent: 15, MaxFailed: 8, MaxFailedPercent: 30), Scene.Degraded,
            """
            {"input":{"kafka":{"addresses":["localhost:9092"],"topics":["nmea2000"],"consumer_group":"sync"}},
             "pipeline":{"threads":1,"processors":[{"mapping":"root = this\nroot.imo = env(\"VESSEL_IMO\")"}]},
             "buffer":{"memory":{"limit":524288000}},
             "output":{"kafka":{"addresses":["kafka-sea.example.com:9093"],"topic":"edge.events.v2","sasl":{"mechanism":"PLAIN","user":"vessel","password":"${KAFKA_PASSWORD}"},"batching":{"count":1000,"period":"30s"}}}}
            """),
        new("disk-usage-survey", "default", "query", "How full the disks of the fleet are", 10, "platform",
            """{"match_expressions":["tier in (gateway,core)"]}""",
            new("immediate"), Scene.Calm,
            """{"query":"SELECT node, mount, used_percent FROM disks WHERE used_percent > 80","format":"jsonl","pipeline":{"processors":[{"mapping":"root = this"}]},"result":{"url":"https://results.example.com/upload?token=qr-7788aa"}}"""),
        new("metrics-downsample", "production", "pipeline", "Aggregates node metrics to one a minute", 40, "observability",
            """{"match_labels":{"tier":"gateway"}}""",
            new("rolling", Nodes: 5, Percent: 20), Scene.StuckPending,
            """
            {"input":{"http_client":{"url":"http://127.0.0.1:9100/metrics","verb":"GET","rate_limit":"scrape"}},
             "pipeline":{"threads":1,"processors":[{"mapping":"root = content().string().parse_prometheus()"},{"group_by_value":{"value":"${! json(\"name\") }"}}]},
             "output":{"http_client":{"url":"https://metrics.example.com/api/v1/push","verb":"POST","basic_auth":{"enabled":true,"username":"edge","password":"m3trics"},"batching":{"count":100,"period":"60s"}}}}
            """),
        new("audit-log-archive", "production", "pipeline", "Signed audit logs to cold storage", 80, "security",
            """{"match_labels":{"env":"prod"},"match_expressions":["tier=core"]}""",
            new("immediate"), Scene.Calm,
            """
            {"input":{"file":{"paths":["/var/log/audit/*.log"],"codec":"lines"}},
             "pipeline":{"threads":1,"processors":[{"mapping":"root.line = content()\nroot.sig = content().hash(\"hmac_sha256\", env(\"AUDIT_KEY\"))"}]},
             "output":{"aws_s3":{"bucket":"edge-archive-audit","path":"${! hostname() }/${! timestamp() }","credentials":{"role":"arn:aws:iam::000000000000:role/audit"},"batching":{"count":1000,"period":"60s"}}}}
            """),
        new("pii-redaction-gateway", "production", "pipeline", "Removes personal data before events leave the EU", 85, "privacy",
            """{"match_expressions":["region in (eu-central,eu-west)","tier notin (core)"]}""",
            new("rolling", Nodes: 8, Percent: 15), Scene.Calm,
            """
            {"input":{"kafka":{"addresses":["localhost:9092"],"topics":["events.raw"],"consumer_group":"pii"}},
             "pipeline":{"threads":4,"processors":[{"mapping":"root = this\nroot.user.email = this.user.email.hash(\"sha256\")"},{"sql_select":{"driver":"postgres","dsn":"postgres://pii:Tr0ub4dor@db.eu.example.com:5432/consent?sslmode=require","table":"consent","columns":["*"]}}]},
             "output":{"kafka":{"addresses":["kafka-eu.example.com:9093"],"topic":"events.clean","batching":{"count":300,"period":"1s"}}}}
            """),
        new("cell-handover-stats", "telco", "pipeline", "Counts hand-overs between radio cells", 30, "telco",
            """{"match_labels":{"role":"cell"}}""",
            new("canary", Nodes: 10, Percent: 20, CanaryPercent: 10, AutoPromote: true, MaxFailedPercent: 20, NoAutoRollback: true), Scene.Failed,
            """
            {"input":{"generate":{"interval":"1s","mapping":"root = {\"cell\": hostname()}"}},
             "pipeline":{"threads":1,"processors":[{"mapping":"root = this\nroot.at = now()"}]},
             "output":{"http_client":{"url":"https://cells.example.com/v1/handover","verb":"PUT","api_key":"ck_live_51Hx00demo","batching":{"count":20,"period":"5s"}}}}
            """),
        new("error-log-search", "default", "query", "Searches the last hour of logs for errors", 20, "platform",
            """{"match_expressions":["region=us-east"]}""",
            new("immediate"), Scene.Calm,
            """{"query":"SELECT * FROM logs WHERE level = 'error' AND ts > now() - interval '1 hour'","format":"jsonl","pipeline":{"processors":[{"mapping":"root = this"}]},"limit":1000}"""),
        new("edge-cache-warmer", "retail", "pipeline", "Keeps price lists warm in the stores of the west", 25, "retail",
            """{"match_labels":{"region":"us-west"},"match_expressions":["tier=edge"]}""",
            new("rolling", Nodes: 10, Percent: 50), Scene.Calm,
            """
            {"input":{"http_client":{"url":"https://prices.example.com/list","verb":"GET","oauth2":{"enabled":true,"client_key":"warm","client_secret":"oa2-5d0c1f","token_url":"https://id.example.com/token"}}},
             "pipeline":{"threads":2,"processors":[{"mapping":"root = this.items"}]},
             "output":{"file":{"path":"/var/cache/prices.json","codec":"lines","batching":{"count":1,"period":"60s"}}}}
            """),
    ];
}
