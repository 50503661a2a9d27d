using ExecutionDashboard.Fleet.Secrets.Names;

namespace ExecutionDashboard.Fleet.Secrets;

/// <summary>How much of a scalar is hidden.</summary>
internal enum Secrecy : byte
{
    /// <summary>Only what gives itself away in a text.</summary>
    Open,
    /// <summary>Code that gives a secret to somebody: its literals.</summary>
    Literals,
    /// <summary>A text whole; numbers and booleans are readable.</summary>
    Text,
    /// <summary>A text or a number.</summary>
    Value,
    /// <summary>Whatever it is: a schema says so.</summary>
    All,
}

/// <summary>How the members of an object are judged.</summary>
internal enum MembersAre : byte
{
    /// <summary>By their names.</summary>
    Named,
    /// <summary>Below a name that sounds secret: hidden unless their names are known to be harmless.</summary>
    Suspect,
    /// <summary>In the place of a secret: hidden unless a schema says that they are readable.</summary>
    Secret,
    /// <summary>The values of a map of secrets, whose names say nothing.</summary>
    Secrets,
}

/// <summary>
/// A place in a spec, for what lies below it: its name, where it is, and how values there are judged. The schemas of pipelines
/// (<see cref="SchemaFields"/>) come first, then names.
/// </summary>
internal sealed class SecretPlace
{
    private readonly NameFacts _facts;

    private SecretPlace(SecretPlace? parent, NameFacts facts, Secrecy scalars, MembersAre members) =>
        (Parent, _facts, Scalars, Members) = (parent, facts, scalars, members);

    /// <summary>The outermost place.</summary>
    public static SecretPlace Root { get; } = new(null, NameFacts.Of(""), Secrecy.Open, MembersAre.Named);

    /// <summary>The object around it; null for the outermost.</summary>
    public SecretPlace? Parent { get; }

    /// <summary>Its own name; that of its list for an entry.</summary>
    public string Name => _facts.Name;

    /// <summary>How a scalar in this place is judged, and the entries of a list.</summary>
    public Secrecy Scalars { get; }

    /// <summary>How the members of an object in this place are judged.</summary>
    public MembersAre Members { get; }

    /// <summary>The same place, known to hold a secret.</summary>
    public SecretPlace Secret() => Scalars >= Secrecy.Value ? this : new(Parent, _facts, Secrecy.Value, MembersAre.Secret);

    /// <summary>The place of a member.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isNamed">What stands beside it names it as a secret.</param>
    public SecretPlace Member(NameFacts name, bool isNamed)
    {
        var (scalars, members) = Judge(name, isNamed);
        return new(this, name, scalars, members);
    }

    /// <summary>How a scalar member is judged; as <see cref="Member"/>, which costs an object.</summary>
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
        // The key of a secretKeyRef is its name in another place.
        if (facts.IsKey && _facts.IsReference) return (Secrecy.Open, Members);
        if (facts.IsKey && _facts.HoldsKeys) return (Secrecy.Value, MembersAre.Secret);
        return Members == MembersAre.Suspect && !facts.IsHarmless ? (Secrecy.Text, MembersAre.Suspect) : (Secrecy.Open, Members);
    }
}
