using System.Collections.Frozen;
using System.Reflection;

namespace ExecutionDashboard.Fleet.Secrets;

/// <summary>
/// Which fields the pipeline schemas mark as secret, and which sound secret but are not, by the end of their path. The list and its version are in
/// <c>pipeline-fields.txt</c>.
/// </summary>
internal static class SchemaFields
{
    private const string Resource = "pipeline-fields.txt";

    private static readonly FrozenDictionary<string, SchemaTail[]> ByLastName = Read();

    /// <summary>The path ends with this last name, longest first; null without any.</summary>
    public static SchemaTail[]? EndingIn(string name) => ByLastName.GetValueOrDefault(name);

    private static FrozenDictionary<string, SchemaTail[]> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is not in the assembly.");
        using var reader = new StreamReader(stream);
        var tails = new List<SchemaTail>();
        for (var line = reader.ReadLine(); line is not null; line = reader.ReadLine())
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var parts = line.Split(' ');
            if (parts.Length != 2 || parts[0] is not ("secret" or "readable")) throw new InvalidOperationException($"{Resource} has a line that is no field: {line}");
            tails.Add(new(parts[1].Split('.'), parts[0] == "secret"));
        }
        return tails.GroupBy(tail => tail.Names[^1]).ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(tail => tail.Names.Length).ToArray(), StringComparer.Ordinal);
    }
}

/// <summary>The end of a field's path.</summary>
/// <param name="Names">The names, the field's own last. Lists have no name.</param>
/// <param name="IsSecret">Whether the value is a secret, whatever it looks like.</param>
internal sealed record SchemaTail(string[] Names, bool IsSecret)
{
    /// <summary>Whether a path ends with it; the last name is known to match.</summary>
    public bool Fits(SecretPlace? parent)
    {
        for (var i = Names.Length - 2; i >= 0; i--, parent = parent.Parent)
            if (parent is null || parent.Name != Names[i]) return false;
        return true;
    }
}
