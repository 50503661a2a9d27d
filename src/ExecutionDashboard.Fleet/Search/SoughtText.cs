namespace ExecutionDashboard.Fleet.Search;

/// <summary>What a person looks for: the words that were typed, or what a pasted address, command line or id names. Immutable.</summary>
public sealed record SoughtText
{
    /// <summary>Longest text that is read, characters; the rest is left out.</summary>
    public const int Longest = 1_000;

    private const int MostWords = 6;
    private const string Quotes = "\"'`<>()[]{},;";

    /// <summary>Nothing.</summary>
    public static SoughtText None { get; } = new();

    /// <summary>The words, each of which must match.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>The one kind of things that is looked for, by its word, such as <c>node</c>; empty for all.</summary>
    public string Kind { get; private init; } = "";

    /// <summary>The things that a pasted text names.</summary>
    public IReadOnlyList<NamedThing> Named { get; private init; } = [];

    /// <summary>Whether there is nothing to look for.</summary>
    public bool IsEmpty => Words.Count == 0 && Named.Count == 0;

    /// <summary>Reads a text. <c>node:edge</c> looks for nodes alone.</summary>
    public static SoughtText Parse(string text)
    {
        text = (text.Length > Longest ? text[..Longest] : text).Trim();
        if (PastedText.Read(text) is { Count: > 0 } named) return new() { Named = named };
        var kind = "";
        if (text.IndexOf(':') is > 0 and var colon && KindOf(text[..colon]) is { } restricted) (kind, text) = (restricted, text[(colon + 1)..]);
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim(Quotes.ToCharArray())).Where(word => word.Length > 0);
        return new() { Kind = kind, Words = [.. words.Take(MostWords)] };
    }

    /// <summary>Whether things of a kind are looked for.</summary>
    public bool Wants(string kind) => Kind.Length == 0 || Kind == kind;

    /// <summary>How well all words match a thing with these names; <see cref="MatchQuality.None"/> when one of them does not.</summary>
    public MatchQuality Of(string name, string other)
    {
        var worst = Words.Count == 0 ? MatchQuality.None : MatchQuality.Whole;
        // By index: an enumerator for each name of a fleet would be half a megabyte a letter.
        for (var i = 0; i < Words.Count; i++)
        {
            var quality = NameMatch.Best(Words[i], name, other);
            if (quality == MatchQuality.None) return quality;
            if (quality < worst) worst = quality;
        }
        return worst;
    }

    /// <inheritdoc/>
    public bool Equals(SoughtText? other) => other is not null && Kind == other.Kind && Words.SequenceEqual(other.Words) && Named.SequenceEqual(other.Named);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Words.Count, Named.Count);

    private static string? KindOf(string word) => word.Trim().ToLowerInvariant() switch
    {
        "execution" or "executions" or "exec" => "execution",
        "node" or "nodes" => "node",
        "job" or "jobs" => "job",
        "deployment" or "deployments" or "rollout" => "deployment",
        "problem" or "problems" => "problem",
        "page" or "pages" => "page",
        "view" or "views" => "view",
        _ => null,
    };
}

/// <summary>A thing that a text names.</summary>
/// <param name="Kind">Its kind; null when the text does not say.</param>
/// <param name="Id">Its id, or its name.</param>
public sealed record NamedThing(FleetKind? Kind, string Id);
