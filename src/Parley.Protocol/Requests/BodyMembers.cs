using System.Text.Json;

namespace Parley.Protocol.Requests;

/// <summary>
/// Reads the members of a request's body, or of an object in it, in the forms that <see cref="Lenient"/> knows. Null is like
/// absent. A member in any other form is a fault and never like absent: what a client says must not be taken for something
/// he did not say. The first fault found is kept for the answer.
/// </summary>
public sealed class BodyMembers
{
    private readonly BodyMembers _root;
    private readonly JsonElement _value;
    private readonly string _path;
    private string? _fault;

    /// <param name="value">The body; no body and an empty list are like an object without members.</param>
    public BodyMembers(JsonElement value)
    {
        (_root, _value, _path) = (this, value, "");
        if (value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Object) && !IsEmptyList(value)) _fault = "body must be an object";
    }

    private BodyMembers(BodyMembers owner, JsonElement value, string name) => (_root, _value, _path) = (owner._root, value, $"{owner._path}{name}.");

    /// <summary>What is wrong, naming the member, or null.</summary>
    public string? Fault => _root._fault;

    /// <summary>Reads a body's raw JSON, known to be well-formed.</summary>
    public static BodyMembers Of(ReadOnlySpan<byte> body) => new(Lenient.Parse(body));

    /// <summary>Whether the member is there in whatever form.</summary>
    public bool Has(string name) => _value.Member(name).ValueKind != JsonValueKind.Undefined;

    /// <summary>Text or a number.</summary>
    public string? Text(string name) => Read(name, value => value.Text(), "must be text");

    /// <summary>Text or a number that must be there.</summary>
    public string Required(string name)
    {
        var text = Text(name);
        if (string.IsNullOrEmpty(text)) Refuse(name, "is missing");
        return text ?? "";
    }

    /// <summary>An integer or text that is one.</summary>
    public long? Integer(string name) => Read(name, value => value.Integer(), "must be an integer");

    /// <summary>True or false.</summary>
    public bool? Truth(string name) =>
        Read(name, value => value.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => (bool?)null }, "must be true or false");

    /// <summary>The raw JSON of an object.</summary>
    public string? RawObject(string name) => Read(name, value => value.RawObject(), "must be an object");

    /// <summary>The members of an object, or null when it is not there.</summary>
    public BodyMembers? Object(string name) =>
        Read(name, value => value.ValueKind == JsonValueKind.Object ? new BodyMembers(this, value, name) : null, "must be an object");

    /// <summary>The texts of a list, or the single one given for it; null when there are none.</summary>
    public IReadOnlyList<string>? Texts(string name)
    {
        var items = _value.Member(name).Items().ToList();
        var texts = items.Select(item => item.Text()).OfType<string>().ToList();
        if (texts.Count < items.Count) Refuse(name, "must be a list of texts");
        return texts.Count == 0 ? null : texts;
    }

    /// <summary>Notes that a member is wrong for a reason of the caller's.</summary>
    public void Refuse(string name, string why) => _root._fault ??= $"{_path}{name} {why}";

    private T? Read<T>(string name, Func<JsonElement, T?> read, string form)
    {
        var member = _value.Member(name);
        if (member.ValueKind == JsonValueKind.Undefined) return default;
        var value = read(member);
        if (value is null) Refuse(name, form);
        return value;
    }

    private static bool IsEmptyList(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0;
}
