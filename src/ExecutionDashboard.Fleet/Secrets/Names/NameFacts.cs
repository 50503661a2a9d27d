using System.Collections.Concurrent;

namespace ExecutionDashboard.Fleet.Secrets.Names;

/// <summary>What a name says of its value, worked out once: a spec of a megabyte has a few hundred names ten thousand times over.</summary>
internal sealed class NameFacts
{
    private const int MostKept = 4096;
    private const int LongestKept = 100;
    private static readonly ConcurrentDictionary<string, NameFacts> Kept = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, NameFacts>.AlternateLookup<ReadOnlySpan<char>> KeptBySpan = Kept.GetAlternateLookup<ReadOnlySpan<char>>();


    // What the name "key" below them is: the private half of a pair, or the key of an account. Elsewhere it is that of a message or a cache.
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

    /// <summary>The facts of a name that names a secret and nothing else.</summary>
    public static NameFacts Password { get; } = Of("password");

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The name without the secrets in it: somebody may have written one as a name.</summary>
    public string Shown => field ??= SecretMask.MaskText(Name);

    /// <summary>Its value, a text, may name what a value beside it is: <c>name</c>, <c>header</c>.</summary>
    public bool IsNamer { get; }

    /// <summary>Its value may be what another member names.</summary>
    public bool IsNamed { get; }

    /// <summary>Whether it names a secret.</summary>
    public NameVerdict Verdict { get; }

    /// <summary>The schema's paths that end in it.</summary>
    public SchemaTail[]? Tails { get; }

    /// <summary>Known to be readable below a name that sounds secret: a user, a region, the path of a file.</summary>
    public bool IsHarmless { get; }

    /// <summary>Its members are headers.</summary>
    public bool IsHeaders { get; }

    /// <summary>What it names has parts, some of them readable: <c>auth</c>, <c>credentials</c>.</summary>
    public bool IsContainer { get; }

    /// <summary>A number there counts them, and is no secret: <c>tokens</c>.</summary>
    public bool IsCounted { get; }

    /// <summary>An object there says where a secret is: <c>secretKeyRef</c>.</summary>
    public bool IsReference { get; }

    /// <summary>What it names is the secret itself.</summary>
    public bool IsPassword { get; }

    /// <summary>A header of cookies.</summary>
    public bool IsCookie { get; }

    /// <summary>A header whose value is a scheme and what follows it.</summary>
    public bool IsHeaderOfSchemes { get; }

    /// <summary>As a header it holds a secret.</summary>
    public bool IsSecretHeader { get; }

    /// <summary>A key of some kind: its parent tells which.</summary>
    public bool IsKey { get; }

    /// <summary>A key below it is a secret.</summary>
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
