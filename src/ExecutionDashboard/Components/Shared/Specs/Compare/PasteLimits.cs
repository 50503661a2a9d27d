using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet.Specs;

namespace ExecutionDashboard.Components.Shared.Specs.Compare;

/// <summary>Limits for pasted text: a few times what the control plane accepts, so that it cannot take much memory and time of the process.</summary>
/// <param name="Bytes">Longest text, bytes of UTF-8.</param>
/// <param name="Values">Most values (objects, lists, texts, numbers), aliases and merge keys expanded.</param>
/// <param name="Depth">Deepest nesting, levels.</param>
public sealed record PasteLimits(long Bytes, int Values, int Depth)
{
    /// <summary>The limits of the compare page.</summary>
    public static readonly PasteLimits Default = new(4 * 1024 * 1024, 200_000, SpecHash.MaxDepth);

    /// <summary>Error for a text that is too long.</summary>
    public string TooLong => $"The text is longer than {Bytes / 1024 / 1024} MB, the most that can be compared.";

    /// <summary>Checks the number of values.</summary>
    /// <exception cref="PasteLimitException">There are too many.</exception>
    internal void CheckValues(long values)
    {
        if (values > Values) throw new PasteLimitException($"The spec has more than {Format.Count(Values, "value")}, the most that can be compared.");
    }

    /// <summary>Checks the depth.</summary>
    /// <exception cref="PasteLimitException">It is too deep.</exception>
    internal void CheckDepth(int depth)
    {
        if (depth > Depth) throw new PasteLimitException($"The spec is nested deeper than {Depth} levels, the most that can be compared.");
    }
}

/// <summary>Pasted text exceeds a limit; the message is shown to the user.</summary>
internal sealed class PasteLimitException(string message) : Exception(message);
