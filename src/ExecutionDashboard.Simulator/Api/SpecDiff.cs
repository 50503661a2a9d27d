using System.Text;
using System.Text.Json;

namespace ExecutionDashboard.Simulator.Api;

/// <summary>Unified diff of two specs.</summary>
internal static class SpecDiff
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The diff; empty without differences.</summary>
    public static string Of(byte[] before, byte[] after)
    {
        var (old, now) = (Lines(before), Lines(after));
        // Length of the longest common subsequence of lines from each pair of lines to the end.
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = now.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        var diff = new StringBuilder();
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j]) (i, j) = (i + 1, j + 1);
            else if (i < old.Length && (j == now.Length || common[i + 1, j] >= common[i, j + 1])) diff.Append('-').Append(old[i++]).Append('\n');
            else diff.Append('+').Append(now[j++]).Append('\n');
        }
        return diff.ToString();
    }

    private static string[] Lines(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, Indented).Split('\n');
    }
}
