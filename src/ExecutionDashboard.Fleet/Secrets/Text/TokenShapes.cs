using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace ExecutionDashboard.Fleet.Secrets.Text;

/// <summary>Tokens in a vendor's own format, which are recognised anywhere, and keys of a typical length and alphabet.</summary>
internal static partial class TokenShapes
{
    // Prefixes of tokens that may be shorter.
    private static readonly SearchValues<string> Short = SearchValues.Create(["exp_ak_", "xox", "k_live_", "k_test_", "eyJ", "$2a$", "$2b$", "$2y$", "SG."], StringComparison.Ordinal);

    // Delimiters of a token that is longer than the run: the dots of a JWT, the $ of a hash.
    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n\"'`;<>()[]{}|&\\?•");

    // A word of these alone, a digest or a fingerprint, is no token: each format has another character, and a key has capitals.
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef-");

    private const int ShortestKey = 40;

    /// <summary>Masks the tokens in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="signs">Which characters it contains, or contained before parts were masked.</param>
    public static string Mask(string text, TextSign signs) => (signs & TextSign.LongRun) != 0 || text.AsSpan().IndexOfAny(Short) >= 0 ? Replace(text) : text;

    private static string Replace(string text)
    {
        StringBuilder? masked = null;
        var copied = 0;
        for (var at = 0; at < text.Length;)
        {
            var length = text.AsSpan(at).IndexOfAny(Ends);
            var end = length < 0 ? text.Length : at + length;
            if (end - at >= 12 && text.AsSpan(at, end - at).ContainsAnyExcept(Hex))
            {
                var word = text[at..end];
                var hidden = Vendor().Replace(word, SecretMask.Hidden);
                if (hidden.Contains("eyJ", StringComparison.Ordinal) && hidden.Contains('.', StringComparison.Ordinal)) hidden = Jwt().Replace(hidden, SecretMask.Hidden);
                if (hidden == word && word.Length >= ShortestKey) hidden = Keys().Replace(word, match => IsKey(match.ValueSpan) ? SecretMask.Hidden : match.Value);
                if (hidden != word)
                {
                    (masked ??= new StringBuilder(text.Length)).Append(text, copied, at - copied).Append(hidden);
                    copied = end;
                }
            }
            at = end + 1;
        }
        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    // Lengths of an AWS secret key (40), an AES or Fernet key (44) and an Azure storage key (88), mixed unlike paths or names.
    private static bool IsKey(ReadOnlySpan<char> text)
    {
        if (text.Length is not (40 or 44 or 88) || (text.Length != 40 && text[^1] != '=')) return false;
        var (changes, upper, lower, digits) = (0, 0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i])) digits++;
            else if (char.IsAsciiLetterUpper(text[i])) upper++;
            else if (char.IsAsciiLetterLower(text[i])) lower++;
            if (i > 0 && (char.IsAsciiDigit(text[i]) != char.IsAsciiDigit(text[i - 1]) || (char.IsAsciiLetterUpper(text[i]) && char.IsAsciiLetterLower(text[i - 1])))) changes++;
        }
        return upper > 3 && lower > 3 && digits > 0 && changes >= 7;
    }

    [GeneratedRegex("""(?<![A-Za-z0-9+/=_\-])(?<!sha(?:256|384|512)[:\-])[A-Za-z0-9+/_\-]{40,88}={0,2}(?![A-Za-z0-9+/=_\-])""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Keys();

    [GeneratedRegex("""(?<![A-Za-z0-9])eyJ[A-Za-z0-9_\-]{8,600}\.[A-Za-z0-9_\-]+\.[A-Za-z0-9_\-.]*""", RegexOptions.CultureInvariant)]
    private static partial Regex Jwt();

    // By its first character, so that one look at that leaves few formats to try; atomic, or it would be one list with those that begin with anything.
    [GeneratedRegex("""
        exp_ak_[A-Za-z0-9_\-]+
        |(?<![A-Za-z0-9])(?:
          (?>
            1//0[A-Za-z0-9_\-]{20,}
            |\$(?:2[abxy]?\$\d\d\$[A-Za-z0-9./]{50,}|(?:1|5|6|y|7|gy)\$[A-Za-z0-9./=$]{20,}|argon2(?:id|i|d)\$[A-Za-z0-9+/=,$]{20,}|(?:pbkdf2|scrypt)[A-Za-z0-9\-]*\$[A-Za-z0-9+./=$]{20,})
            |A(?:Iza[A-Za-z0-9_\-]{30,}|KIA[A-Z0-9]{16}(?![A-Za-z0-9])|SIA[A-Z0-9]{16}(?![A-Za-z0-9])|BIA[A-Z0-9]{16}(?![A-Za-z0-9])|CCA[A-Z0-9]{16}(?![A-Za-z0-9])|BSK[A-Za-z0-9+/=]{40,}|Q\.[A-Za-z0-9_\-]{20,}|GE-(?:SECRET-KEY|PLUGIN)-[A-Z0-9\-]{20,}|TATT[A-Za-z0-9_\-+/=]{16,}|TCTT[A-Za-z0-9_\-+/=]{16,}|TBB[A-Za-z0-9_\-+/=]{16,}|TOA[A-Za-z0-9_\-+/=]{16,}|TSTT[A-Za-z0-9_\-+/=]{16,}|KID[A-Za-z0-9]{28,})
            |a(?:mzn\.mws\.[a-f0-9\-]{30,}|pi_org_[A-Za-z0-9]{20,}|ccess_token\$(?:production|sandbox)\$[a-z0-9]+\$[a-f0-9]{20,}|pify_api[_\-](?=[A-Za-z0-9_\-]{0,40}\d)(?=[A-Za-z0-9_\-]{0,40}[A-Z])[A-Za-z0-9_\-]{28,}|pikey[_\-](?=[A-Za-z0-9_\-]{0,40}\d)(?=[A-Za-z0-9_\-]{0,40}[A-Z])[A-Za-z0-9_\-]{28,}|io[_\-](?=[A-Za-z0-9_\-]{0,40}\d)(?=[A-Za-z0-9_\-]{0,40}[A-Z])[A-Za-z0-9_\-]{28,}|x[_\-](?=[A-Za-z0-9_\-]{0,40}\d)(?=[A-Za-z0-9_\-]{0,40}[A-Z])[A-Za-z0-9_\-]{28,})
            |b(?:kua_[a-f0-9]{20,}|\.(?=[A-Za-z]{0,23}\d)[A-Za-z0-9]{24}(?![A-Za-z0-9])|m[_\-](?=[A-Za-z0-9_\-]{0,40}\d)(?=[A-Za-z0-9_\-]{0,40}[A-Z])[A-Za-z0-9_\-]{28,})
            |C(?:CIPAT_[A-Za-z0-9_\-]{20,}|FPAT[_\-](?=[A-Za-z0-9_\-]{0,40}\d)(?=[A-Za-z0-9_\-]{0,40}[A-Z])[A-Za-z0-9_\-]{28,})
            |c(?:io[A-Za-z0-9]{32}(?![A-Za-z0-9])|f(?:ut|at|k)_[A-Za-z0-9]{30,}|p[_\-](?=[A-Za-z0-9_\-]{0,40}\d)(?=[A-Za-z0-9_\-]{0,40}[A-Z])[A-Za-z0-9_\-]{28,}|ody[_\-](?=[A-Za-z0-9_\-]{0,40}\d)(?=[A-Za-z0-9_\-]{0,40}[A-Z])[A-Za-z0-9_\-]{28,})
            |d(?:ckr_[a-z]{3}_[A-Za-z0-9_\-]{16,}|o[oprt]_v1_[a-f0-9]{20,}|p\.(?:st|pt|ct|sa|scim|audit|said)\.[A-Za-z0-9_\-.]{16,}|api[a-f0-9]{32}(?:-\d)?(?![A-Za-z0-9])|ose[a-f0-9]{32}(?:-\d)?(?![A-Za-z0-9])|uffel_(?:live|test)_[A-Za-z0-9_\-]{20,}|t0[a-z]\d\d\.[A-Z0-9]{20,}(?:\.[A-Z0-9]{20,})?|p0[a-z]\.[A-Za-z0-9_\-.]{30,}|dp_[A-Za-z0-9]{30,}|dapp_[A-Za-z0-9]{30,}|G9rOi[A-Za-z0-9_\-]{16,})
            |E(?:AA[A-Z][A-Za-z0-9_\-]{20,}|AA[A-Za-z0-9]{60,}|Z[AT]K[A-Za-z0-9]{30,})
            |eu01xx[a-f0-9]{30,}NRAL
            |F(?:woGZXIvYXdz[A-Za-z0-9+/=]{20,}|LW(?:SECK|PUBK)[A-Za-z0-9_\-]{16,}|lyV1)
            |f(?:w_[A-Za-z0-9]{20,}|igd_[A-Za-z0-9_\-]{20,}|igu?_[A-Za-z0-9_\-]{30,}|io-u-[A-Za-z0-9_\-=]{30,}|rp_[A-Za-z0-9_\-]{20,}|[mo][12]_[A-Za-z0-9+/=_\-]{30,})
            |GOCSPX-[A-Za-z0-9_\-]{20,}
            |g(?:ithub_pat_[A-Za-z0-9_]{20,}|h[pousr]_[A-Za-z0-9]{20,}|l(?:pat|dt|rt|ptt|oas|cbt|soat|ft|imt|agent|ffct|wt)-[A-Za-z0-9_\-.]{16,}|sk_[A-Za-z0-9]{20,}|l(?:sa|c|sb)_[A-Za-z0-9_+/=\-]{20,}|hat[_\-](?=[A-Za-z0-9_\-]{0,40}\d)(?=[A-Za-z0-9_\-]{0,40}[A-Z])[A-Za-z0-9_\-]{28,})
            |HRKU-[A-Za-z0-9_\-]{20,}
            |h(?:f_[A-Za-z0-9]{20,}|v[sbr]\.[A-Za-z0-9_\-]{20,})
            |I(?:QoJb3JpZ2lu[A-Za-z0-9+/=]{20,}|GQV[A-Za-z0-9_\-]{20,})
            |jina_[A-Za-z0-9_\-]{20,}
            |key-[a-f0-9]{32}(?![a-f0-9])
            |L(?:TAI[A-Za-z0-9]{12,}|S0tLS1CRUdJTi[A-Za-z0-9+/=]{10,})
            |l(?:sv2_(?:pt|sk)_[a-f0-9_]{20,}|in_(?:api|oauth)_[A-Za-z0-9]{20,}|ive_[A-Za-z0-9]{30,}(?![A-Za-z0-9_])|um[_\-](?=[A-Za-z0-9_\-]{0,40}\d)(?=[A-Za-z0-9_\-]{0,40}[A-Z])[A-Za-z0-9_\-]{28,})
            |M(?:[A-Za-z0-9_\-]{22,27}\.[A-Za-z0-9_\-]{6}\.[A-Za-z0-9_\-]{25,}|II[A-Za-z0-9+/=]{40,})
            |mlsn\.[a-f0-9]{20,}
            |N(?:R(?:AK|II|JS|BR|RA|IQ)-[A-Za-z0-9]{16,}|[A-Za-z0-9_\-]{22,27}\.[A-Za-z0-9_\-]{6}\.[A-Za-z0-9_\-]{25,})
            |n(?:vapi-[A-Za-z0-9_\-]{20,}|pm_[A-Za-z0-9]{20,}|tn_[A-Za-z0-9]{30,}|api_[A-Za-z0-9]{30,}|fp_[A-Za-z0-9]{30,})
            |O[A-Za-z0-9_\-]{22,27}\.[A-Za-z0-9_\-]{6}\.[A-Za-z0-9_\-]{25,}
            |o(?:y2[a-z0-9]{43}|ps_eyJ[A-Za-z0-9_\-+/=]{20,}|ry_(?:at|rt|ac|pat|st)_[A-Za-z0-9_\-.]{20,}|nfleet[_\-](?=[A-Za-z0-9_\-]{0,40}\d)(?=[A-Za-z0-9_\-]{0,40}[A-Z])[A-Za-z0-9_\-]{28,})
            |PMAK-[A-Za-z0-9\-]{20,}
            |p(?:k_(?:live|test)_[A-Za-z0-9]{8,}|plx-[A-Za-z0-9]{20,}|csk_[A-Za-z0-9_]{20,}|ypi-[A-Za-z0-9_\-]{16,}|bkdf2_sha\d+\$\d+\$[A-Za-z0-9+/=$]{20,}|scale_(?:tkn|pw|oauth|otkn)_[A-Za-z0-9_.\-]{16,}|at-[a-z]{2}\d-[a-f0-9\-]{30,}|at[A-Za-z0-9]{14}\.[a-f0-9]{40,}|h[cxs]_[A-Za-z0-9]{20,}|refect_[A-Za-z0-9]{20,}|nu_[A-Za-z0-9]{30,}|ul-[a-f0-9]{30,})
            |r(?:k_(?:live|test)_[A-Za-z0-9]{8,}|8_[A-Za-z0-9]{20,}|ubygems_[a-f0-9]{20,}|e_[A-Za-z0-9]{6,}_[A-Za-z0-9]{16,}|zp_(?:live|test)_[A-Za-z0-9]{10,}|dme_[a-z0-9]{30,}|pk?_[A-Z0-9]{30,})
            |S(?:G\.[A-Za-z0-9_\-]{10,}\.[A-Za-z0-9_\-]{10,}|K[a-f0-9]{32}(?![a-f0-9])|(?:N|C|O|A|U|X)[A-Z2-7]{56}(?![A-Za-z0-9]))
            |s(?:k_(?:live|test)_[A-Za-z0-9]{8,}|k-[A-Za-z0-9_\-]{20,}|\.(?=[A-Za-z]{0,23}\d)[A-Za-z0-9]{24}(?![A-Za-z0-9])|hp(?:at|ss|pa|ca|tka|ua)_[A-Fa-f0-9]{20,}|q0[a-z]{3}-[A-Za-z0-9_\-]{16,}|hippo_(?:live|test)_[a-f0-9]{20,}|ecret_[A-Za-z0-9]{30,}|bp_[a-f0-9]{20,}|b_(?:secret|publishable)_[A-Za-z0-9_\-]{16,}|ntry[su]_[A-Za-z0-9+/=_\-]{20,}|g[pd]_[A-Za-z0-9_]{30,}|cw[_\-](?=[A-Za-z0-9_\-]{0,40}\d)(?=[A-Za-z0-9_\-]{0,40}[A-Z])[A-Za-z0-9_\-]{28,}|ls[_\-](?=[A-Za-z0-9_\-]{0,40}\d)(?=[A-Za-z0-9_\-]{0,40}[A-Z])[A-Za-z0-9_\-]{28,})
            |t(?:vly-[A-Za-z0-9\-]{16,}|est_[A-Za-z0-9]{30,}(?![A-Za-z0-9_])|skey-[a-z]+-[A-Za-z0-9\-]{16,}|fp_[A-Za-z0-9_\-]{20,}|k[_\-](?=[A-Za-z0-9_\-]{0,40}\d)(?=[A-Za-z0-9_\-]{0,40}[A-Z])[A-Za-z0-9_\-]{28,})
            |uat[_\-](?=[A-Za-z0-9_\-]{0,40}\d)(?=[A-Za-z0-9_\-]{0,40}[A-Z])[A-Za-z0-9_\-]{28,}
            |v(?:ercel_[A-Za-z0-9_]{20,}|c[pkiar]_[A-Za-z0-9]{20,}|1\.0-[a-f0-9]{20,}-[a-f0-9]{30,}|[1-4]\.(?:local|public)\.[A-Za-z0-9_\-]{30,}|ault:v\d+:[A-Za-z0-9+/=]{16,})
            |whsec_[A-Za-z0-9+/=]{16,}
            |x(?:ox[abcdeoprs](?:\.[a-z0-9]+)?-[A-Za-z0-9\-.]{8,}|app-[A-Za-z0-9\-]{10,}|wfp-[A-Za-z0-9\-]{10,}|ai-[A-Za-z0-9]{20,}|(?:key|smtp)sib-[a-f0-9]{20,}[A-Za-z0-9\-]*|oxe\.[A-Za-z0-9\-.]{16,})
            |ya29\.[A-Za-z0-9_\-.]{16,}
          )
          |[a-f0-9]{32}-us\d{1,2}(?![A-Za-z0-9])
          |[a-f0-9]{32,36}NRAL(?![A-Za-z0-9])
          |[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_\-]{30,}
          |A{20,}[A-Za-z0-9%]{30,}
          |\d{8,11}:AA[A-Za-z0-9_\-]{30,}
          |[A-Za-z0-9_~.\-]{3}8Q~[A-Za-z0-9_~.\-]{30,}
          |(?:[A-Za-z0-9+/]{76}|[A-Za-z0-9]{33,52})(?:APIM|ACDb|\+ABa|\+AMC|\+ASt|AzFu|AzCa|AAAE|AzSe)[A-Za-z0-9+/=]{4,}
        )
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Vendor();
}
