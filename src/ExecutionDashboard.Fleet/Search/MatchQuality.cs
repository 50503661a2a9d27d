namespace ExecutionDashboard.Fleet.Search;

/// <summary>How well a text matches a name; a higher one is a better match.</summary>
public enum MatchQuality
{
    /// <summary>Not at all.</summary>
    None,
    /// <summary>By the beginnings of its words: <c>ed12</c> in <c>edge-12</c>.</summary>
    Initials,
    /// <summary>Inside a word.</summary>
    Inside,
    /// <summary>At the beginning of a word.</summary>
    WordStart,
    /// <summary>At the beginning.</summary>
    Start,
    /// <summary>The whole name.</summary>
    Whole,
}
