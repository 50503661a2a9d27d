using System.Collections.Concurrent;

namespace ExecutionDashboard.Fleet.Secrets.Names;

/// <summary>What a name means for its value. Computed once per name, because a spec of a megabyte repeats a few hundred names ten thousand times.</summary>
internal sealed class NameFacts
{
    private const int MostKept = 4096;
    private const int LongestKept = 100;
    private static readonly ConcurrentDictionary<string, NameFacts> Kept = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, NameFacts>.AlternateLookup<ReadOnlySpan<char>> KeptBySpan = Kept.GetAlternateLookup<ReadOnlySpan<char>>();


    // Below these names, "key" is a private key or an account key. Elsewhere it is the key of a message or a cache.
    private static readonly string[] KeyHolders =
        ["tls", "ssl", "mtls", "certs", "clientcerts", "cert", "certificate", "certificates", "keypair", "api", "encryption", "signing", "license", "vault", "account", "identity", "hmac", "ssh"];

    private static readonly string[] Namers = ["name", "key", "k", "variable", "var", "env", "header", "parameter", "param", "option", "field", "property", "column", "setting"];
    private static readonly string[] Values = ["value", "values", "v", "val", "default", "defaultvalue", "content", "contents", "data", "text", "stringvalue", "plaintext"];
    private static readonly string[] Containers = ["auth", "oauth", "oauth2", "authn", "credentials", "credential", "creds", "cred", "jwt", "token", "cert", "certs", "certificate", "certificates", "sig", "otp", "mfa"];

    private NameFacts(string name)
    {
        Name = name;
        var words = NameWords.Of(name);
        var joined = string.Concat(words);
        Verdict = SecretNames.Judge(words);
        Tails = SchemaFields.EndingIn(name);
        IsHarmless = HarmlessNames.IsHarmless(words);
        IsHeaders = words[^1] is "headers" or "header" or "metadata" or "trailers";
        IsContainer = Verdict == NameVerdict.Secret && (Array.IndexOf(Containers, words[^1]) >= 0 || words[^1].EndsWith("auth", StringComparison.Ordinal));
        IsPassword = Verdict == NameVerdict.Secrets || (Verdict == NameVerdict.Secret && !IsContainer);
        IsCookie = joined is "cookie" or "setcookie";
        IsHeaderOfSchemes = joined is "authorization" or "proxyauthorization" or "cookie" or "setcookie";
        IsSecretHeader = Verdict != NameVerdict.Plain || HeaderNames.IsSecret(words);
        IsCounted = joined is "tokens";
        IsNamer = Array.IndexOf(Namers, joined) >= 0;
        IsNamed = Array.IndexOf(Values, joined) >= 0;
        IsKey = joined is "key" or "keydata" or "keypem" or "keyvalue";
        HoldsKeys = Array.IndexOf(KeyHolders, joined) >= 0 || Verdict != NameVerdict.Plain;
        IsReference = words.Length > 1 && words[^1] is "ref" or "reference" or "keyref" or "selector";
    }

    /// <summary>The facts of a name that is certainly secret.</summary>
    public static NameFacts Password { get; } = Of("password");

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The name with secrets masked, because a secret may be used as a name.</summary>
    public string Shown => field ??= SecretMask.MaskText(Name);

    /// <summary>Whether its value can be the name of another member: <c>name</c>, <c>header</c>.</summary>
    public bool IsNamer { get; }

    /// <summary>Whether its value can be the one that another member names.</summary>
    public bool IsNamed { get; }

    /// <summary>Whether the name is that of a secret.</summary>
    public NameVerdict Verdict { get; }

    /// <summary>Schema paths that end with it.</summary>
    public SchemaTail[]? Tails { get; }

    /// <summary>Whether it is readable below a name that sounds secret: a user, a region, a file path.</summary>
    public bool IsHarmless { get; }

    /// <summary>Whether its members are HTTP headers.</summary>
    public bool IsHeaders { get; }

    /// <summary>Whether its members are judged one by one, because some are readable: <c>auth</c>, <c>credentials</c>.</summary>
    public bool IsContainer { get; }

    /// <summary>Whether a number there is a count and not a secret: <c>tokens</c>.</summary>
    public bool IsCounted { get; }

    /// <summary>Whether an object there refers to a secret: <c>secretKeyRef</c>.</summary>
    public bool IsReference { get; }

    /// <summary>Whether its value is the secret itself.</summary>
    public bool IsPassword { get; }

    /// <summary>Whether it is a cookie header.</summary>
    public bool IsCookie { get; }

    /// <summary>Whether it is a header whose value starts with a scheme.</summary>
    public bool IsHeaderOfSchemes { get; }

    /// <summary>Whether it is secret as a header.</summary>
    public bool IsSecretHeader { get; }

    /// <summary>Whether it is a key, whose meaning depends on its parent.</summary>
    public bool IsKey { get; }

    /// <summary>Whether a key below it is secret.</summary>
    public bool HoldsKeys { get; }

    /// <summary>The facts of a name.</summary>
    public static NameFacts Of(ReadOnlySpan<char> name)
    {
        if (KeptBySpan.TryGetValue(name, out var known)) return known;
        var facts = new NameFacts(name.ToString());
        if (name.Length <= LongestKept && Kept.Count < MostKept) KeptBySpan[name] = facts;
        return facts;
    }
}
