using System.Text;
using Parley.Server.Tests.Support;
using static Parley.Server.Tests.Gateway.Rfc6455.FrameCase;

namespace Parley.Server.Tests.Gateway.Rfc6455;

/// <summary>
/// Group 6: text is UTF-8 (RFC 6455, 8.1; RFC 3629). Each sequence, after Markus Kuhn's decoder test, goes out in one frame,
/// byte by byte, and with a fragment for each byte.
/// </summary>
internal static class Utf8Cases
{
    private const string Kosme = "cebae1bdb9cf83cebcceb5";

    // Name and hexadecimal bytes, separated by spaces where there are several.
    private static readonly (string Name, string Texts)[] Valid =
    [
        ("6.1 nothing", ""),
        ("6.2 text", "48656c6c6f2dc2b540c39fc3b6c3a4c3bcc3a0c3a12d5554462d382121"),
        ("6.5 between ASCII", $"68656c6c6f24776f726c64 68656c6c6fc2a2776f726c64 68656c6c6fe282ac776f726c64 68656c6c6ff0a4ada2776f726c64 {Kosme}"),
        ("6.6 whole prefixes", "ceba cebae1bdb9 cebae1bdb9cf83 cebae1bdb9cf83cebc"),
        ("6.7 first of each length", "00 c280 e0a080 f0908080"),
        ("6.9 last of each length", "7f dfbf efbfbf f48fbfbf"),
        ("6.11 around the surrogates and the end", "ed9fbf ee8080 efbfbd f48fbfbf"),
        ("6.22 noncharacters", string.Join(' ', Enumerable.Range(0, 17).SelectMany(plane => (int[])[0xfffe, 0xffff], (plane, low) => Hex((plane << 16) | low)))),
        ("6.23 specials", "efbfb9 efbfba efbfbb efbfbc efbfbd efbfbe efbfbf"),
    ];

    private static readonly (string Name, string Texts)[] Invalid =
    [
        ("6.3 surrogate in a text", $"{Kosme}eda080656469746564"),
        ("6.6 cut prefixes", "ce cebae1 cebae1bd cebae1bdb9cf cebae1bdb9cf83ce cebae1bdb9cf83cebcce"),
        ("6.8 first of 5 and 6 bytes", "f888808080 fc8480808080"),
        ("6.10 last of 4, 5 and 6 bytes", "f7bfbfbf fbbfbfbfbf fdbfbfbfbfbf"),
        ("6.11 behind the end", "f4908080"),
        ("6.12 continuation bytes", "80 bf 80bf 80bf80 80bf80bf 80bf80bf80 80bf80bf80bf 808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf"),
        ("6.13 first bytes and spaces", "c020c120c220df20 e020e120ef20 f020f120f720 f820fb20 fc20fd20"),
        ("6.14 last byte missing", "c0 e080 f08080 f8808080 fc80808080 df efbf f7bfbf fbbfbfbf fdbfbfbfbf"),
        ("6.15 all of them", "c0e080f08080f8808080fc80808080dfefbff7bfbffbbfbfbffdbfbfbfbf"),
        ("6.16 impossible bytes", "fe ff fefeffff"),
        ("6.17 overlong slash", "c0af e080af f08080af f8808080af fc80808080af"),
        ("6.18 longest overlong", "c1bf e09fbf f08fbfbf f887bfbfbf fc83bfbfbfbf"),
        ("6.19 overlong zero", "c080 e08080 f0808080 f880808080 fc8080808080"),
        ("6.20 single surrogates", "eda080 edadbf edae80 edafbf edb080 edbe80 edbfbf"),
        ("6.21 paired surrogates", "eda080edb080 eda080edbfbf edadbfedb080 edadbfedbfbf edae80edb080 edae80edbfbf edafbfedb080 edafbfedbfbf"),
    ];

    public static IEnumerable<FrameCase> All =>
    [
        .. Valid.SelectMany(group => group.Texts.Split(' '), (group, text) => Ways($"{group.Name}: {text}", text, isValid: true)).SelectMany(c => c),
        .. Invalid.SelectMany(group => group.Texts.Split(' '), (group, text) => Ways($"{group.Name}: {text}", text, isValid: false)).SelectMany(c => c),
        .. FailFast,
    ];

    // What is missing never comes: the socket ends at the first wrong byte or not at all.
    private static IEnumerable<FrameCase> FailFast =>
    [
        Refused("6.4.1 a wrong fragment", [First(Kosme), Continuation("f4908080")]),
        Refused("6.4.2 a character that goes wrong in the next fragment", [First(Kosme + "f4"), Continuation("90")]),
        Refused("6.4.3 a wrong piece of a frame", [Begun(Kosme + "f4908080")]),
        Refused("6.4.4 a character that goes wrong in the next piece of a frame", Chopped(Begun(Kosme + "f490"))),
        Refused("6.4.5 a surrogate's second byte", Chopped(Begun("41eda0"))),
        Refused("6.4.6 an overlong form's first byte", [Begun("c0")]),
        Refused("6.4.7 a character left open by one fragment and not continued by the next", [First("e2"), ClientFrame.Ping(1), Continuation("41")], Pong(1)),
        Refused("6.4.8 behind a message in the same write", Together(ClientFrame.Text("a"), First("ff")), Echo("a")),
        new("6.4.9 a character in four fragments with pings between", Together(First("f0"), ClientFrame.Ping(1), Continuation("9f"), ClientFrame.Ping(2), Continuation("98"), Continuation("80", isFinal: true)), Pong(1), Pong(2), Echo("😀")),
    ];

    private static FrameCase[] Ways(string name, string hex, bool isValid)
    {
        var text = Convert.FromHexString(hex);
        var frame = ClientFrame.Build(ClientFrame.TextOpcode, text);
        var cases = new List<FrameCase> { new($"{name}, in one frame", [frame]), new($"{name}, byte by byte", Chopped(frame)) };
        if (text.Length > 1) cases.Add(new($"{name}, a fragment for each byte", Together(Fragmented(ClientFrame.TextOpcode, text))));
        return [.. cases.Select(c => isValid ? c with { Answers = [Echo(text)] } : c with { Code = 1007 })];
    }

    private static FrameCase Refused(string id, byte[][] writes, params ReceivedFrame[] answers) => new(id, writes, answers) { Code = 1007 };

    private static byte[] First(string hex) => ClientFrame.Build(ClientFrame.TextOpcode, Convert.FromHexString(hex), isFinal: false);

    private static byte[] Continuation(string hex, bool isFinal = false) => ClientFrame.Build(ClientFrame.Continuation, Convert.FromHexString(hex), isFinal);

    // The first bytes of a frame that announces ten more.
    private static byte[] Begun(string hex) => ClientFrame.Build(ClientFrame.TextOpcode, [.. Convert.FromHexString(hex), .. new byte[10]])[..^10];

    private static string Hex(int character) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(char.ConvertFromUtf32(character)));
}
