namespace ExecutionDashboard.Fleet.Secrets.Names;

/// <summary>What a name says about its value.</summary>
internal enum NameVerdict : byte
{
    /// <summary>Nothing.</summary>
    Plain,
    /// <summary>A text there may be secret: <c>license</c>, <c>ingest_key</c>.</summary>
    Weak,
    /// <summary>A secret, or an object that contains one: <c>password</c>, <c>auth</c>.</summary>
    Secret,
    /// <summary>A map or a list of secrets: <c>tokens</c>.</summary>
    Secrets,
}

/// <summary>Decides which names hold a secret when no schema says so.</summary>
internal static class SecretNames
{
    // Searched anywhere in the name, without separators.
    private static readonly string[] Parts =
    [
        "password", "passwd", "passphrase", "passcode", "passwort", "pwd", "secret", "apikey", "apitoken", "accesskey", "privatekey", "secretkey", "signingkey", "encryptionkey",
        "sharedkey", "accountkey", "credential", "connectionstring", "connstr", "authorization", "certificate", "cookie", "webhookurl", "saskey", "decryptionkey", "masterkey",
        "hmackey", "authkey", "sshkey", "sessionkey", "presharedkey", "symmetrickey", "licensekey", "servicekey", "bearertoken",
    ];

    // Matched as whole words, because they are parts of others: author, pass-through, certainty.
    private static readonly string[] Words =
        ["auth", "oauth", "oauth2", "authn", "pass", "pat", "cert", "certs", "pem", "jwt", "jws", "jwe", "bearer", "sas", "psk", "sig", "pw", "passw", "creds", "cred", "tok", "dsn", "nkey", "otp", "totp", "mfa", "hmac", "pgpass", "netrc", "htpasswd"];

    private static readonly string[] Plurals =
        ["passwords", "passwds", "secrets", "tokens", "apikeys", "apitokens", "accesskeys", "privatekeys", "secretkeys", "signingkeys", "encryptionkeys", "sshkeys", "passphrases", "accesstokens", "refreshtokens", "authtokens", "secretvalues", "secretdata"];

    // Whole names, or last words of longer ones.
    private static readonly string[] WeakEnds =
        ["license", "licence", "seed", "signature", "webhook", "hook", "phrase", "mnemonic", "pin", "pfx", "jks", "pkcs12", "p12", "ppk", "keystore", "truststore", "keytab", "kubeconfig", "otpauth", "private", "salt", "pepper", "entropy", "userpass", "nonce", "wallet", "unlock", "assertion"];

    private static readonly string[] WeakNames =
        ["api", "ca", "cas", "rootca", "rootcas", "cacert", "login", "identity", "vault", "cipher", "gcpsa", "serviceaccount", "accessid", "accesskeyid", "secretid", "session", "sessionid", "sid", "ticket", "kek", "dek", "cek", "samlresponse", "dockerconfigjson", "dockercfg", "keydata", "keypem", "keybase64", "keyb64", "keyhex", "keymaterial", "basic"];

    // Words that count, name or look up a token, password or key.
    private static readonly string[] TokenCounts =
        ["max", "min", "limit", "per", "count", "num", "number", "total", "usage", "budget", "used", "tokenizer", "tokenize", "tokenized", "tokenization", "completion", "prompt", "context", "input", "output", "bucket", "rate", "stop", "eos", "chunk", "overlap"];

    // Keys that look up a message, a row or a cached value.
    private static readonly string[] KeyUses =
    [
        "cache", "partition", "partitioning", "sort", "row", "ordering", "order", "routing", "binding", "checkpoint", "ttl", "input", "output", "message", "msg", "group", "grouping", "dedupe", "dedup", "deduplication",
        "primary", "foreign", "object", "s3", "record", "idempotency", "lock", "parent", "child", "join", "map", "document", "doc", "tag", "label", "metadata", "meta", "field", "column", "col", "range", "shard", "sharding", "distribution",
        "clustering", "cluster", "unique", "natural", "business", "public", "translation", "redis", "state", "offset", "lookup", "event", "sequence", "version", "body", "payload", "value", "source", "target", "dest", "destination", "kafka", "topic", "json",
        "result", "batch", "aggregation", "aggregate", "window", "correlation", "surrogate", "composite", "compound", "hot", "config", "setting", "context", "name", "id", "entity", "item", "list", "set", "stream", "queue", "index", "attribute", "attr", "param",
        "property", "prop", "header", "default", "any", "no", "has", "is", "with", "transaction", "count", "counter", "timestamp", "time", "date", "path", "prefix", "enum", "dictionary", "dict", "retry", "left", "right", "old", "new", "first", "last", "next", "prev",
        "zero", "host", "sequencing", "subject", "series", "metric", "measure", "dimension", "issue", "project", "websocket", "socket", "arrow", "up", "down", "bucket", "file", "node", "store", "kv", "log", "trace", "region", "match", "merge", "update", "delete", "filter", "query", "search", "sql", "table", "db", "collection",
    ];

    // Codes that give access.
    private static readonly string[] CodeUses = ["recovery", "access", "backup", "verification", "auth", "activation", "security", "invite", "unlock", "authorization", "login"];

    // Words that end in "key" but are none, and the word alone, whose meaning depends on its parent.
    private static readonly string[] KeyWords = ["monkey", "donkey", "turkey", "hockey", "whiskey", "hotkey", "jockey", "keys", "key", "okey"];

    /// <summary>Judges a name by its words.</summary>
    public static NameVerdict Judge(string[] words)
    {
        var joined = string.Concat(words);
        if (joined.Length == 0) return NameVerdict.Plain;
        if (Array.IndexOf(Plurals, joined) >= 0) return NameVerdict.Secrets;
        if (Array.IndexOf(WeakNames, joined) >= 0) return joined == "accesskeyid" ? NameVerdict.Secret : NameVerdict.Weak;
        words = WithoutForm(words);
        if (HarmlessNames.SaysWhatIsBeside(words)) return NameVerdict.Plain;
        joined = string.Concat(words);
        foreach (var part in Parts)
            if (joined.Contains(part, StringComparison.Ordinal)) return NameVerdict.Secret;
        if (joined.Contains("token", StringComparison.Ordinal) && !words.Any(word => Array.IndexOf(TokenCounts, word) >= 0))
            return NameVerdict.Secret;
        foreach (var word in words)
            if (Array.IndexOf(Words, word) >= 0 || EndsInPass(word)) return NameVerdict.Secret;
        var last = words[^1];
        if (IsSecretKey(words, last) || (last is "code" or "codes" && words.Length > 1 && Array.IndexOf(CodeUses, words[^2]) >= 0)) return NameVerdict.Weak;
        return Array.IndexOf(WeakEnds, last) >= 0 || Array.IndexOf(WeakNames, joined) >= 0 || joined.Contains("serviceaccount", StringComparison.Ordinal) ? NameVerdict.Weak : NameVerdict.Plain;
    }

    // dbpass and rootpw, but not bypass and compass.
    private static bool EndsInPass(string word) =>
        (word.Length > 4 && word.EndsWith("pass", StringComparison.Ordinal) && word is not ("bypass" or "compass" or "surpass" or "trespass" or "encompass"))
        || (word.Length > 2 && word.EndsWith("pw", StringComparison.Ordinal))
        || word.EndsWith("passw", StringComparison.Ordinal);

    private static bool IsSecretKey(string[] words, string last)
    {
        if (last is "key" or "keys") return words.Length > 1 && Array.IndexOf(KeyUses, words[^2]) < 0;
        var stem = last.EndsWith("keys", StringComparison.Ordinal) ? last[..^4] : last.EndsWith("key", StringComparison.Ordinal) ? last[..^3] : null;
        return stem is { Length: > 1 } && Array.IndexOf(KeyWords, last) < 0 && Array.IndexOf(KeyUses, stem) < 0;
    }

    // Without words for the format of a value: key_data, credentials_json.
    private static string[] WithoutForm(string[] words)
    {
        var count = words.Length;
        while (count > 1 && words[count - 1] is "data" or "json" or "yaml" or "text" or "value" or "base64" or "b64" or "hex" or "raw" or "bytes" or "plain" or "plaintext" or "b" or "contents" or "content" or "hash" or "env" or "var") count--;
        return count == words.Length ? words : words[..count];
    }
}
