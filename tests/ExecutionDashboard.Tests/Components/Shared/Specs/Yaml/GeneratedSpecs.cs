using System.Text;
using System.Text.Json.Nodes;

namespace ExecutionDashboard.Tests.Components.Shared.Specs.Yaml;

/// <summary>Specs as JSON, the same for the same seed: half as people write them, half made to be misread.</summary>
public static class GeneratedSpecs
{
    /// <summary>Texts that a reader of YAML may take for something else, or lose a part of.</summary>
    public static readonly string[] Misread =
    [
        "", " ", "~", "null", "Null", "NULL", "true", "True", "TRUE", "False", "yes", "Yes", "no", "NO", "on", "On", "off", "y", "Y", "n", "N", "=", "<<", "-", "--", "---", "--- a", "...", "... b", "?", ":", "- a", "? a", ": a", "a: b",
        "a:", "a :b", "a #b", "a#b", "#", "&a", "*a", "!a", "!!int 5", "|", ">", "'", "\"", "'a'", "\"a\"", "%a", "@a", "`a`", "{", "}", "[", "]", "{}", "[]", ",", "{a: b}", "[a, b]", "a, b", "a]", "a}",
        "0", "-0", "1", "+1", "01", "007", "0777", "08", "0x10", "0X1F", "0xZZ", "0b101", "0o17", "0o8", "1_000", "1,000", "1.", ".1", "1.5", "+.5", "1e3", "1E3", "1e-29", "1.0e+3", ".5e3", "1e400", ".inf", "-.inf", "+.INF", ".NaN", ".", "..", "._", "1.2.3",
        "10.0.0.1", "10.0.0.1:9092", "12:30", "12:30:45", "-12:30:45", "190:20:30.15", "2026-01-01", "2026-1-1", "2026-01-01T10:00:00Z", "2026-01-01 10:00:00 +1:00", "2001-12-14t21:59:43.10-05:00", "5m", "1h30m", "123456789012345678901234567890",
        " a", "a ", "\ta", "a\t", "a\tb", "\t", "\n", "\n\n", "\r", "\r\n", "a\n", "a\n\n", "a\n\n\n", "\na", "\n\na\n", " a\nb", "\ta\nb", "a\n b", "a\n\tb\n", "a\nb ", "a\n ", "a\n  \nb", "a\n\t\nb", "a \nb", "a\r\nb\r\n", "a\rb", "a\n#b", "#a\nb", "- a\n- b", "a: 1\nb: 2\n", "---\na", "a\n---\nb", "a\n...\n",
        "a\u0085b", "\u0085", "a\u2028b", "a\u2029b\nc", "\uFEFFa", "a\uFEFF\nb", "a\u200Bb", "a\u00A0b", "\u00A0", "a\u00AD", "\u202Eevil", "a\0b", "\u0001", "\u001B[31mred", "a\u007Fb", "a\u0080b", "\uE000", "\uFFFD", "\uFFFE", "café", "cafe\u0301", "\u0301a", "日本語", "日本語\n二行目\n", "😀", "a 😀\nb", "👨‍👩‍👧", "\U000E0001", "\U0010FFFF",
        "\\", "a\\nb", "C:\\temp", "\"quoted\"", "it's", "it's \"both\"", "a 'b' c", "${VAR}", "${! json(\"a\") }", "{{ env }}", "https://example.com/a?b=c#d", "root = this\nroot.a = \"x: y\" # why\n", "SELECT *\n  FROM t -- all\n WHERE a = 'b'\n", "key=value", "<a href=\"b\">", "*.log", "a *b", "a * b", "/var/log/**", "a|b", "a>b", "100%", "@daily", "-v", "--flag",
    ];

    private static readonly string[] Numbers = ["0", "-0", "7", "-12", "1.50", "-0.125", "1e3", "1E3", "1e-29", "2.5E+10", "9223372036854775807", "18446744073709551616", "123456789012345678901234567890", "0.1234567890123456789", "1E400", "1e-400"];
    private static readonly string[] Names = ["input", "output", "pipeline", "processors", "name", "type", "path", "topic", "batching", "count", "period", "expanso.io/owner", "Content-Type", "a b", "mapping"];
    private static readonly string[] Pieces = ["a", "B", "0", "9", " ", "  ", "\n", "\t", "\r", ":", "#", "-", "?", "'", "\"", "\\", "{", "]", ",", "|", ">", "&", "*", "!", "%", "@", "`", "=", "~", ".", "_", "x", "e", "+", "é", "\u0301", "\u200B", "\u0085", "\u2028", "\uFEFF", "\u00A0", "😀", "null", "yes", "---"];

    /// <summary>The spec of a seed.</summary>
    public static string Of(int seed)
    {
        var random = new Random(seed);
        return (seed % 2 == 0 ? Written(random) : Object(random, 0)).ToJsonString();
    }

    private static JsonObject Object(Random random, int depth)
    {
        var made = new JsonObject();
        for (var i = random.Next(depth == 0 ? 3 : 0, 7); i > 0; i--) made[Name(random)] = Value(random, depth + 1);
        return made;
    }

    private static JsonNode? Value(Random random, int depth) => random.Next(depth > 5 ? 7 : 10) switch
    {
        0 => null,
        1 => JsonNode.Parse(Numbers[random.Next(Numbers.Length)]),
        2 => random.Next(2) == 0,
        3 or 4 => Misread[random.Next(Misread.Length)],
        5 or 6 => Text(random),
        7 => new JsonArray([.. Enumerable.Range(0, random.Next(5)).Select(_ => Value(random, depth + 1))]),
        _ => Object(random, depth),
    };

    private static string Name(Random random) => random.Next(12) switch
    {
        < 5 => Names[random.Next(Names.Length)],
        < 9 => Misread[random.Next(Misread.Length)],
        9 => new string('n', random.Next(900, 1_200)),
        _ => Text(random),
    };

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 14); i > 0; i--) text.Append(Pieces[random.Next(Pieces.Length)]);
        return text.ToString();
    }

    // As jobs for a pipeline are written.
    private static JsonObject Written(Random random)
    {
        string Word(params string[] words) => words[random.Next(words.Length)];
        var processors = new JsonArray();
        for (var i = random.Next(1, 6); i > 0; i--)
            processors.Add(random.Next(6) switch
            {
                0 => (JsonNode)new JsonObject { ["mapping"] = $"root = this\nroot.host = env(\"HOST\").or(\"none\")\n{(random.Next(2) == 0 ? "\n" : "")}if this.level == \"error\" {{\n\troot.alert = true # told at once\n}}{Word("", "\n")}" },
                1 => new JsonObject { ["branch"] = new JsonObject { ["request_map"] = "root = this.id", ["processors"] = new JsonArray(new JsonObject { ["http"] = new JsonObject { ["url"] = "https://example.com/${ID}?q=1#top", ["verb"] = Word("GET", "POST"), ["timeout"] = Word("5s", "1m30s") } }), ["result_map"] = "root.found = this" } },
                2 => new JsonObject { ["sql_raw"] = new JsonObject { ["driver"] = "postgres", ["query"] = "INSERT INTO t (a, b)\n  VALUES ($1, $2)\n  ON CONFLICT DO NOTHING", ["args_mapping"] = "[ this.a, this.b ]" } },
                3 => new JsonObject { ["switch"] = new JsonArray(new JsonObject { ["check"] = "this.type == \"a\"", ["processors"] = new JsonArray() }, new JsonObject { ["check"] = "", ["fallthrough"] = false }) },
                4 => new JsonObject { ["log"] = new JsonObject { ["level"] = Word("INFO", "OFF", "ON"), ["message"] = "got ${! json(\"id\") }: done", ["fields"] = null } },
                _ => new JsonObject { ["metric"] = new JsonObject { ["type"] = "counter", ["name"] = Word("seen", "n", "y"), ["labels"] = new JsonObject { ["on"] = "yes", ["1"] = "01" } } },
            });
        return new JsonObject
        {
            ["name"] = Word("edge-logs", "sensor-01", "2026-01-01", "0x1F"),
            ["type"] = "pipeline",
            ["description"] = Word("Reads logs: all of them # not the old ones", "Zwei Zeilen,\nmit Umlauten: äöü", "- a list\n- of two\n", "ends with a space "),
            ["priority"] = random.Next(100),
            ["labels"] = new JsonObject { ["version"] = Word("1.10", "1.0", "v2", "1e3"), ["region"] = Word("no", "eu-west-1", "NO"), ["since"] = Word("2026-01-01", "12:30:45"), ["expanso.io/mode"] = Word("0777", "0644") },
            ["config"] = new JsonObject
            {
                ["input"] = new JsonObject { ["file"] = new JsonObject { ["paths"] = new JsonArray("/var/log/*.log", "C:\\logs\\app.log"), ["codec"] = "lines", ["delimiter"] = Word("\n", "\r\n", "\t", ",") } },
                ["pipeline"] = new JsonObject { ["threads"] = random.Next(-1, 8), ["processors"] = processors },
                ["output"] = new JsonObject { ["broker"] = new JsonObject { ["pattern"] = "fan_out", ["outputs"] = new JsonArray(new JsonObject { ["kafka"] = new JsonObject { ["addresses"] = new JsonArray("10.0.0.1:9092", "kafka:9092"), ["topic"] = "${TOPIC:logs}", ["ratio"] = 0.25 } }, new JsonObject { ["drop"] = new JsonObject() }) } },
            },
        };
    }
}
