using ExecutionDashboard.Fleet.Secrets.Names;

namespace ExecutionDashboard.Fleet.Secrets;

/// <summary>How much of a scalar is masked.</summary>
internal enum Secrecy : byte
{
    /// <summary>Only what is recognisable as a secret in the text.</summary>
    Open,
    /// <summary>The literals of code that sets a secret.</summary>
    Literals,
    /// <summary>Texts; numbers and booleans are readable.</summary>
    Text,
    /// <summary>Texts and numbers.</summary>
    Value,
    /// <summary>Everything, because a schema says so.</summary>
    All,
}

/// <summary>How the members of an object are judged.</summary>
internal enum MembersAre : byte
{
    /// <summary>By their names.</summary>
    Named,
    /// <summary>Below a name that sounds secret: masked unless their names are known to be harmless.</summary>
    Suspect,
    /// <summary>In the place of a secret: masked unless a schema marks them as readable.</summary>
    Secret,
    /// <summary>Values of a map of secrets, whatever their names.</summary>
    Secrets,
}

/// <summary>
/// A place in a spec: its name, its parent, and how the values below it are judged. Pipeline schemas (<see cref="SchemaFields"/>) take precedence over names.
/// </summary>
internal sealed class SecretPlace
{
    private readonly NameFacts _facts;

    private SecretPlace(SecretPlace? parent, NameFacts facts, Secrecy scalars, MembersAre members) =>
        (Parent, _facts, Scalars, Members) = (parent, facts, scalars, members);

    /// <summary>The root.</summary>
    public static SecretPlace Root { get; } = new(null, NameFacts.Of(""), Secrecy.Open, MembersAre.Named);

    /// <summary>The object around it; null for the root.</summary>
    public SecretPlace? Parent { get; }

    /// <summary>Its name; entries of a list have the name of the list.</summary>
    public string Name => _facts.Name;

    /// <summary>How scalars and list entries here are judged.</summary>
    public Secrecy Scalars { get; }

    /// <summary>How the members of an object here are judged.</summary>
    public MembersAre Members { get; }

    /// <summary>The same place, marked as secret.</summary>
    public SecretPlace Secret() => Scalars >= Secrecy.Value ? this : new(Parent, _facts, Secrecy.Value, MembersAre.Secret);

    /// <summary>The place of a member.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isNamed">Whether a neighbour names it as a secret.</param>
    public SecretPlace Member(NameFacts name, bool isNamed)
    {
        var (scalars, members) = Judge(name, isNamed);
        return new(this, name, scalars, members);
    }

    /// <summary>How a scalar member is judged. The same as <see cref="Member"/>, without allocating.</summary>
    public Secrecy Scalar(NameFacts name, bool isNamed) => Judge(name, isNamed).Item1;

    private (Secrecy, MembersAre) Judge(NameFacts facts, bool isNamed)
    {
        if (Members == MembersAre.Secrets) return (Scalars, MembersAre.Secrets);
        if (facts.Tails is { } tails)
            foreach (var tail in tails)
                if (tail.Fits(this))
                    return tail.IsSecret ? (Secrecy.All, MembersAre.Secret) : (Secrecy.Open, Members == MembersAre.Secret ? MembersAre.Secret : MembersAre.Named);
        if (isNamed) return (Secrecy.Value, MembersAre.Secret);
        if (Members == MembersAre.Secret) return (Scalars, MembersAre.Secret);
        if (_facts.IsHeaders && facts.IsSecretHeader) return (Secrecy.Value, MembersAre.Secret);
        switch (facts.Verdict)
        {
            case NameVerdict.Secrets: return (facts.IsCounted ? Secrecy.Text : Secrecy.Value, MembersAre.Secrets);
            case NameVerdict.Secret: return (Secrecy.Value, MembersAre.Suspect);
            case NameVerdict.Weak: return (Secrecy.Text, Members);
        }
        // The key of a secretKeyRef is the name of a secret stored elsewhere.
        if (facts.IsKey && _facts.IsReference) return (Secrecy.Open, Members);
        if (facts.IsKey && _facts.HoldsKeys) return (Secrecy.Value, MembersAre.Secret);
        return Members == MembersAre.Suspect && !facts.IsHarmless ? (Secrecy.Text, MembersAre.Suspect) : (Secrecy.Open, Members);
    }
}
