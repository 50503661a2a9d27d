using System.Text;
using System.Text.Json;
using ExecutionDashboard.Components.Shared.Specs.Yaml;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Specs;
using YamlDotNet.Core;

namespace ExecutionDashboard.Components.Shared.Specs.Compare;

/// <summary>What was read of a pasted text: JSON, or YAML as Expanso reads it (<see cref="YamlTypes"/>).</summary>
/// <param name="Spec">The spec; null when there is a problem.</param>
/// <param name="Problem">Why there is none, for people; empty when there is one.</param>
/// <param name="Note">What was left out, for people; empty when all was read.</param>
public sealed record PastedSpec(JobSpec? Spec, string Problem = "", string Note = "")
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Reads a text away from the caller's context: a circuit answers its viewer while a long one is read.</summary>
    /// <param name="text">The text in UTF-8.</param>
    /// <param name="cancel">Stops it.</param>
    public static Task<PastedSpec> ReadAsync(Stream text, CancellationToken cancel) => Task.Run(async () =>
    {
        using var reader = new StreamReader(text);
        return Read(await reader.ReadToEndAsync(cancel), PasteLimits.Default, cancel);
    }, cancel);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limits">How much is read; those of the compare page when null.</param>
    /// <param name="cancel">Stops it.</param>
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
        // The reader of tokens uses no stack, so that its own limit can be far from ours.
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
