namespace ExecutionDashboard.Fleet;

/// <summary>
/// One selector expression over labels: <c>key=value</c>, <c>key==value</c>, <c>key!=value</c>, <c>key in (a,b)</c>, <c>key notin (a,b)</c>,
/// <c>key</c>, <c>!key</c> (source: the field text of <c>match_expressions</c>).
/// </summary>
public sealed class LabelExpression
{
    /// <summary>Reads an expression; false with the reason when it cannot be.</summary>
    public static bool TryParse(string text, out LabelExpression? expression, out string problem) => throw new NotImplementedException();

    /// <summary>Whether labels match. A missing key matches <c>!=</c>, <c>notin</c> and <c>!key</c> only.</summary>
    public bool Matches(Func<string, string?> label) => throw new NotImplementedException();
}
