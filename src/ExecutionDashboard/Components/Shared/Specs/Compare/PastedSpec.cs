using System.Text;
using System.Text.Json;
using ExecutionDashboard.Components.Shared.Specs.Yaml;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Specs;
using YamlDotNet.Core;

namespace ExecutionDashboard.Components.Shared.Specs.Compare;

/// <summary>A parsed pasted text: JSON, or YAML as Expanso reads it (<see cref="YamlTypes"/>).</summary>
/// <param name="Spec">The spec; null when there is a problem.</param>
/// <param name="Problem">Why it is invalid, as a sentence; empty when it is valid.</param>
/// <param name="Note">What was left out, as a sentence; empty when nothing was.</param>
public sealed record PastedSpec(JobSpec? Spec, string Problem = "", string Note = "")
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Parses a text in the background, so that the circuit can respond meanwhile.</summary>
    /// <param name="text">The text in UTF-8.</param>
    /// <param name="cancel">Cancels it.</param>
    public static Task<PastedSpec> ReadAsync(Stream text, CancellationToken cancel) => Task.Run(async () =>
    {
        using var reader = new StreamReader(text);
        return Read(await reader.ReadToEndAsync(cancel), PasteLimits.Default, cancel);
    }, cancel);

    /// <summary>Parses a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limits">The limits; those of the compare page when null.</param>
    /// <param name="cancel">Cancels it.</param>
    public static PastedSpec Read(string text, PasteLimits? limits = null, CancellationToken cancel = default)
    {
        limits ??= PasteLimits.Default;
        text = text.TrimStart(ByteOrderMark);
        if (string.IsNullOrWhiteSpace(text)) return Refused("Nothing is pasted yet.");
        if (text.Length > limits.Bytes) return Refused(limits.TooLong);
        try
        {
            var isJson = text.AsSpan().TrimStart()[0] is '{' or '[' && IsJson(text, limits, cancel);
            var (json, more) = isJson ? (text, false) : YamlReader.Read(text, limits, cancel);
            if (SpecValue.Parse(json) is not { } value) return Refused("A name in the spec is half a character.");
            if (value.Kind != JsonValueKind.Object) return Refused("The text is not an object: a spec has names and values.");
            return new(new JobSpec { Hash = SpecHash.Of(json), Json = json }, Note: more ? "The text has several YAML documents. Only the first is compared." : "");
        }
        catch (YamlException e)
        {
            return Refused($"The text is neither JSON nor YAML. Line {e.Start.Line}, column {e.Start.Column}: {e.Message.TrimEnd('.')}.");
        }
        catch (PasteLimitException e)
        {
            return Refused(e.Message);
        }
    }

    private static PastedSpec Refused(string problem) => new(null, problem);

    private static bool IsJson(string text, PasteLimits limits, CancellationToken cancel)
    {
        // The token reader uses no stack, so its depth limit can be much higher than ours.
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            for (var values = 0L; reader.Read();)
            {
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.EndObject or JsonTokenType.EndArray) continue;
                cancel.ThrowIfCancellationRequested();
                limits.CheckValues(++values);
                limits.CheckDepth(reader.CurrentDepth);
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
