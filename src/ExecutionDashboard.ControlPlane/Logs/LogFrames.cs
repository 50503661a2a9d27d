using System.Globalization;
using System.Text.Json;
using ExecutionDashboard.ControlPlane.Reading;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.ControlPlane.Logs;

/// <summary>
/// Parses frames of the log stream, in Loki's push format: <c>{streams:[{stream:{labels}, values:[["&lt;ns&gt;","line"]]}]}</c>. Invalid parts are skipped and
/// counted.
/// </summary>
public static class LogFrames
{
    /// <summary>Longest line, characters. Longer than what is displayed, because it is masked before it is cut for display.</summary>
    public const int LongestLine = 16_384;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 32, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>
    /// Passes the lines of a frame to <paramref name="take"/>, sorted by time: frames group them by label, for example errors apart from other lines. Lines with the
    /// same time keep their order.
    /// </summary>
    /// <returns>Number of parts that could not be read; 1 for an invalid frame.</returns>
    public static int Read(ReadOnlyMemory<byte> frame, Action<LogLine> take)
    {
        try
        {
            using var json = JsonDocument.Parse(frame, Reading);
            return Read(json.RootElement, take);
        }
        catch (JsonException)
        {
            return 1;
        }
    }

    private static int Read(JsonElement root, Action<LogLine> take)
    {
        var streams = Fields.Get(root, "streams"u8);
        // Some servers send frames without lines as keep-alive.
        if (streams.ValueKind is JsonValueKind.Null || root is { ValueKind: JsonValueKind.Object } && streams.ValueKind == JsonValueKind.Undefined && !root.EnumerateObject().Any()) return 0;
        if (streams.ValueKind != JsonValueKind.Array) return 1;
        var unreadable = 0;
        var lines = new List<LogLine>();
        foreach (var stream in streams.EnumerateArray())
        {
            var labels = Fields.Get(stream, "stream"u8);
            var values = Fields.Get(stream, "values"u8);
            if (values.ValueKind != JsonValueKind.Array)
            {
                if (values.ValueKind != JsonValueKind.Null) unreadable++;
                continue;
            }
            var node = Fields.Get(labels, "node_id"u8).Text();
            var level = LevelOf(Fields.Get(labels, "level"u8).Text() is { Length: > 0 } own ? own : Fields.Get(labels, "detected_level"u8).Text());
            foreach (var value in values.EnumerateArray())
            {
                if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() < 2 || value[1].ValueKind is JsonValueKind.Null) unreadable++;
                else lines.Add(LineOf(TimeOf(value[0]), node, level, value[1].TextOrJson()));
            }
        }
        InOrder(lines).ForEach(take);
        return unreadable;
    }

    // A line without a time stays after its predecessor.
    private static List<LogLine> InOrder(List<LogLine> lines)
    {
        var (times, isInOrder) = (new DateTimeOffset[lines.Count], true);
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = lines[i].At ?? (i > 0 ? times[i - 1] : DateTimeOffset.MinValue);
            isInOrder &= i == 0 || times[i] >= times[i - 1];
        }
        return isInOrder ? lines : [.. Enumerable.Range(0, times.Length).OrderBy(i => times[i]).Select(i => lines[i])];
    }

    /// <summary>Parses the level as servers and libraries write it.</summary>
    public static LogLevelName LevelOf(string word) => word.Trim().ToLowerInvariant() switch
    {
        "trace" or "debug" or "dbg" or "verbose" => LogLevelName.Debug,
        "info" or "information" or "notice" => LogLevelName.Info,
        "warn" or "warning" => LogLevelName.Warn,
        "error" or "err" or "fatal" or "critical" or "crit" or "panic" or "alert" or "emerg" => LogLevelName.Error,
        _ => LogLevelName.None,
    };

    // Nanoseconds since 1970, as text or number; null when out of range.
    private static DateTimeOffset? TimeOf(JsonElement element)
    {
        if (!long.TryParse(element.Text(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var nanoseconds) || nanoseconds <= 0) return null;
        return DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100);
    }

    // Remove escapes before cutting, because half an escape at the end would be text.
    private static LogLine LineOf(DateTimeOffset? at, string node, LogLevelName level, string text)
    {
        text = PlainText.Of(text).TrimEnd('\n');
        if (text.Length <= LongestLine) return new(at, node, level, text);
        var end = char.IsHighSurrogate(text[LongestLine - 1]) ? LongestLine - 1 : LongestLine;
        return new(at, node, level, text[..end], text.Length - end);
    }
}
