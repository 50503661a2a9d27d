namespace ExecutionDashboard.Fleet.Secrets.Names;

/// <summary>Names that sound secret, or are below one that does, but whose values operators must be able to read.</summary>
internal static class HarmlessNames
{
    // Last words that mean "something about the secret", not the secret.
    private static readonly string[] Beside =
    [
        "file", "files", "filename", "path", "paths", "dir", "directory", "folder", "name", "names", "type", "types", "kind", "mechanism", "mechanisms", "method", "methods", "algorithm", "alg", "encoding", "timeout", "interval", "duration",
        "period", "window", "age", "ttl", "size", "limit", "limits", "count", "counts", "max", "min", "enabled", "required", "disabled", "optional", "expiry", "expiration", "expires", "expired", "format", "version", "versions", "provider", "providers", "field",
        "fields", "column", "columns", "header", "headers", "prefix", "suffix", "length", "position", "mode", "strategy", "id", "ids", "policy", "ratio", "rate", "mapping", "region", "host", "hosts", "port", "endpoint", "endpoints", "location", "usage", "budget", "status", "state",
        "error", "errors", "user", "username", "email", "scope", "scopes", "audience", "issuer", "realm", "domain", "tenant", "role", "service", "url", "urls", "uri", "uris", "retries", "retry", "attempts", "delay", "at", "on", "cache", "index", "verify", "check", "checks", "validation", "rotation", "refresh",
        "strength", "complexity", "bits", "iterations", "rounds", "authenticator", "options", "parameters", "settings", "label", "labels", "description", "desc", "title", "manager", "store", "engine", "backend", "handler", "created", "updated", "template", "pattern", "regex", "separator", "delimiter", "source", "renewal", "leeway", "skew", "arn", "fd", "attribute", "until",
    ];

    // Names below auth, credentials, jwt… that are never secret.
    private static readonly string[] Below =
    [
        "user", "username", "users", "userid", "realm", "email", "id", "role", "roles", "region", "endpoint", "profile", "service", "mechanism", "scope", "scopes", "audience", "aud", "issuer", "iss", "enabled", "disabled", "url", "urls", "uri", "host", "hostname", "port", "address", "addresses", "name", "type", "kind",
        "version", "method", "algorithm", "alg", "format", "claims", "subject", "sub", "domain", "tenant", "project", "namespace", "environment", "env", "cloud", "authority", "grant", "flow", "provider", "source", "server", "servers", "protocol", "scheme", "mode", "required", "optional", "path", "file", "prefix", "in", "location", "description",
        "label", "comment", "note", "account", "organization", "org", "group", "groups", "resource", "partition", "database", "schema", "bucket", "topic", "client", "ttl", "timeout", "expiry", "interval", "idle", "count", "retries", "leeway", "mount", "engine", "alias", "kid", "thumbprint", "fingerprint", "krb5conf", "spn", "principal", "state",
    ];

    /// <summary>Whether the last word of a name means that its value is not the secret itself: <c>token_url</c>, <c>password_file</c>, <c>max_tokens</c>.</summary>
    public static bool SaysWhatIsBeside(string[] words)
    {
        if (words.Length < 2) return false;
        var (last, before) = (words[^1], words[^2]);
        if (last is "url" or "urls" or "uri" or "uris" or "endpoint") return before is not ("webhook" or "hook" or "sas" or "signed" or "presigned" or "secret" or "dsn");
        // Not these three: a key depends on its use, a Vault role's secret_id is its password, and access_key_id belongs to the other half.
        if (last is "key") return false;
        if (last is "id") return before is not "secret" && !(before is "key" && words.Length > 2 && words[^3] is "access") && before is not "session";
        return Array.IndexOf(Beside, last) >= 0;
    }

    /// <summary>Whether a value with this name is readable below a name that sounds secret.</summary>
    public static bool IsHarmless(string[] words) => SaysWhatIsBeside(words) || Array.IndexOf(Below, words[^1]) >= 0 || (words[^1] is not ("refresh" or "check" or "source" or "index") && Array.IndexOf(Beside, words[^1]) >= 0);
}
