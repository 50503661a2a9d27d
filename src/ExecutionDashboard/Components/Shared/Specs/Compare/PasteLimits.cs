using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet.Specs;

namespace ExecutionDashboard.Components.Shared.Specs.Compare;

/// <summary>How much pasted text is read. A few times what the control plane accepts; more would cost every viewer of the process memory and time.</summary>
/// <param name="Bytes">Longest text, bytes of UTF-8.</param>
/// <param name="Values">Most values (objects, lists, texts, numbers), aliases and merge keys expanded.</param>
/// <param name="Depth">Deepest nesting, levels.</param>
public sealed record PasteLimits(long Bytes, int Values, int Depth)
{
    /// <summary>Those of the compare page.</summary>
    public static readonly PasteLimits Default = new(4 * 1024 * 1024, 200_000, SpecHash.MaxDepth);

    /// <summary>Says that a text is too long.</summary>
    public string TooLong => $"The text is longer than {Bytes / 1024 / 1024} MB, the most that can be compared.";

    /// <summary>Refuses more values than allowed.</summary>
    /// <exception cref="PasteLimitException">There are more.</exception>
    internal void CheckValues(long values)
    {
        if (values > Values) throw new PasteLimitException($"The spec has more than {Format.Count(Values, "value")}, the most that can be compared.");
    }

    /// <summary>Refuses deeper nesting than allowed.</summary>
    /// <exception cref="PasteLimitException">It is deeper.</exception>
    internal void CheckDepth(int depth)
    {
        if (depth > Depth) throw new PasteLimitException($"The spec is nested deeper than {Depth} levels, the most that can be compared.");
    }
}

/// <summary>Pasted text goes past a limit; the message is for people.</summary>
internal sealed class PasteLimitException(string message) : Exception(message);
