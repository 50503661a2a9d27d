namespace ExecutionDashboard.ControlPlane.Http;

/// <summary>Checks ids that are put into a path.</summary>
internal static class PathId
{
    public const int MaxLength = 512;

    /// <summary>
    /// Null when the id can be an escaped path segment, else the failure. <c>.</c> and <c>..</c> cannot: URL parsers remove them even when escaped, so that the
    /// request would reach another route.
    /// </summary>
    public static ControlPlaneFailure? Check(string kind, string? id)
    {
        var problem = id switch
        {
            null or "" => "is empty",
            { Length: > MaxLength } => $"is longer than {MaxLength} characters",
            "." or ".." => "cannot be put in a path",
            _ when id.Any(char.IsControl) => "has control characters",
            _ when HasLoneSurrogate(id) => "is not valid Unicode",
            _ => null,
        };
        return problem is null ? null : new(ControlPlaneError.Invalid, $"The {kind} id {problem}.");
    }

    private static bool HasLoneSurrogate(string id)
    {
        for (var i = 0; i < id.Length; i++)
        {
            if (!char.IsSurrogate(id[i])) continue;
            if (i + 1 >= id.Length || !char.IsSurrogatePair(id[i], id[i + 1])) return true;
            i++;
        }
        return false;
    }
}
