using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Secrets;

namespace ExecutionDashboard.Components.Pages.Changes.Incident;

/// <summary>
/// Makes a report one file that opens without a network: an HTML document without scripts of its own, with the report as JSON in it. Its last line has the SHA-256 of all lines before it.
/// </summary>
public static class IncidentFile
{
    /// <summary>Id of the element with the JSON.</summary>
    public const string DataId = "incident-data";

    private const string SumBegin = "<!-- sha256 ", SumEnd = " -->";

    /// <summary>How to verify a file, as it says itself.</summary>
    public const string HowToVerify = "sed '$d' FILE | sha256sum";

    /// <summary>The file as HTML.</summary>
    /// <param name="report">The report.</param>
    /// <param name="nameOf">Name of a node.</param>
    public static byte[] Html(IncidentReport report, Func<string, string> nameOf)
    {
        var text = new StringBuilder(IncidentPage.Of(report, nameOf));
        // In JSON a bracket is within a text: escaped, none can end the element or begin another.
        text.Append($"<script type=\"application/json\" id=\"{DataId}\">\n").Append(Json(report).Replace("<", "\\u003C", StringComparison.Ordinal)).Append("\n</script>\n</body></html>\n");
        var body = Encoding.UTF8.GetBytes(text.ToString());
        return [.. body, .. Encoding.UTF8.GetBytes($"{SumBegin}{Convert.ToHexStringLower(SHA256.HashData(body))}{SumEnd}\n")];
    }

    /// <summary>The report as JSON, without the file around it.</summary>
    public static string Json(IncidentReport report) => SecretMask.Mask(JsonSerializer.Serialize(report, FeedContract.Json));

    /// <summary>Whether the last line of a file has the checksum of all before it.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> file)
    {
        var end = file.Length > 0 && file[^1] == '\n' ? file[..^1].LastIndexOf((byte)'\n') + 1 : 0;
        return end > 0 && Encoding.UTF8.GetString(file[end..]) == $"{SumBegin}{Convert.ToHexStringLower(SHA256.HashData(file[..end]))}{SumEnd}\n";
    }
}
