using System.Text;
using System.Text.Json.Nodes;
using Parley.Protocol;
using Parley.Protocol.Tests;

namespace Parley.Server.Tests.Fuzz;

/// <summary>Requests and frames that are nearly right.</summary>
internal sealed class Mutation(Random random, string conversationId)
{
    private static readonly string[] Examples =
        [.. SchemaExamples.Frames().Where(f => f.Entry.Direction == SchemaDirection.Request).Select(f => f.Frame).Distinct()];

    private static readonly string[] Oddities =
    [
        "null", "true", "0", "-1", "1e308", "9223372036854775807", "-9223372036854775809", "0.5", "\"\"", "\"HALF\"", "\"\\u0000\"", "[]", "{}", "[[[[]]]]", "\"-1\"",
        "{\"type\":\"ContentEvent\"}", "[null]", "\"CLOSE\"", "\"AGENTS_AND_MANAGERS\"",
    ];

    /// <summary>A request with this id, changed in places: often still well-formed.</summary>
    public string Request(string id)
    {
        var request = JsonNode.Parse(Examples[random.Next(Examples.Length)])!.AsObject();
        request["id"] = id;
        for (var n = random.Next(4); n > 0; n--) Change(request["body"]);
        return request.ToJsonString().Replace("c1f0a7de-3b52-4f6a-9d8e-7a6b5c4d3e2f", conversationId, StringComparison.Ordinal)
            .Replace("HALF", "\\ud800", StringComparison.Ordinal); // half of a surrogate pair, which no writer would write
    }

    /// <summary>Bytes that were a request: flipped, cut, doubled or strewn with others.</summary>
    public byte[] Bytes(string request)
    {
        var bytes = Encoding.UTF8.GetBytes(request).ToList();
        for (var n = random.Next(1, 6); n > 0 && bytes.Count > 0; n--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 20), bytes.Count - at))); break;
                case 3: bytes.Insert(at, (byte)random.Next(256)); break;
                default: bytes.InsertRange(at, Enumerable.Repeat((byte)"[{\",:0"[random.Next(6)], random.Next(1, 200))); break;
            }
        }

        return [.. bytes];
    }

    private void Change(JsonNode? node)
    {
        var odd = JsonNode.Parse(random.Next(20) == 0 ? $"\"{new string('x', random.Next(20_000))}\"" : Oddities[random.Next(Oddities.Length)]);
        switch (node)
        {
            case JsonObject { Count: > 0 } value:
                var (name, member) = value.ElementAt(random.Next(value.Count));
                if (member is JsonObject or JsonArray && random.Next(2) == 0) Change(member);
                else if (random.Next(5) == 0) value.Remove(name);
                else if (random.Next(5) == 0) value[$"{name}x"] = odd;
                else value[name] = random.Next(4) == 0 ? new JsonArray(member?.DeepClone()) : odd;
                break;
            case JsonArray { Count: > 0 } items:
                if (random.Next(2) == 0) Change(items[random.Next(items.Count)]);
                else items.Add(odd);
                break;
        }
    }
}
