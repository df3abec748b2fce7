using System.Text.Json.Nodes;
using Parley.Server.Identity;

namespace Parley.Server.Profiles;

/// <summary>Profiles as they are shown (protocol 13.1): every documented member is there, with an empty text where nothing is known.</summary>
internal static class ProfileView
{
    /// <summary>A consumer's profile.</summary>
    /// <param name="consumerId">Who he is.</param>
    /// <param name="said">What he said of himself; becomes the view.</param>
    /// <param name="claims">What the identity provider said, or null.</param>
    /// <param name="isOwn">Whether he asks himself: nobody else needs the address of his device.</param>
    public static JsonObject OfConsumer(string consumerId, JsonObject? said, JsonObject? claims, bool isOwn)
    {
        var view = said ?? [];
        view["userId"] = consumerId;
        view["firstName"] ??= Text(claims, "given_name");
        view["lastName"] ??= Text(claims, "family_name");
        Fill(view, ProfileChange.Texts);
        var data = Child(view, "privateData");
        data["mail"] ??= Text(claims, "email");
        data["mobileNum"] ??= Text(claims, "phone_number");
        Fill(data, ProfileChange.PrivateTexts);
        if (!isOwn) data.Remove("pushNotificationData");
        Fill(Child(data, "pushNotificationData"), ProfileChange.PushTexts);
        Child(view, "authenticatedData")["lp_sdes"] ??= new JsonArray();
        if (claims is null) return view;

        view["acr"] = Text(claims, "acr") ?? "0";
        claims["lp_sdes"] ??= new JsonArray();
        view["claims"] = claims;
        return view;
    }

    /// <summary>An agent's profile; his mail and telephone are for himself.</summary>
    public static JsonObject OfAgent(AgentProfile agent, bool isOwn) => new()
    {
        ["userId"] = agent.OldId,
        ["firstName"] = agent.Nickname,
        ["lastName"] = "",
        ["avatarUrl"] = agent.Details.PictureUrl ?? "",
        ["role"] = agent.Role.ToString().ToLowerInvariant(),
        ["backgndImgUri"] = agent.Details.BackgroundUrl ?? "",
        ["description"] = agent.Details.Description ?? "",
        ["privateData"] = new JsonObject
        {
            ["mobileNum"] = isOwn ? agent.Details.MobileNumber ?? "" : "",
            ["mail"] = isOwn ? agent.Details.Email ?? "" : "",
            ["pushNotificationData"] = new JsonObject { ["serviceName"] = "", ["certName"] = "", ["token"] = "" },
        },
    };

    /// <summary>The list that a profile becomes (protocol 13.1): what is vouched for says by whom, the rest says that it is not.</summary>
    public static JsonArray ToSdes(JsonObject view)
    {
        var sdes = new JsonArray();
        foreach (var sde in Sdes(view["claims"]))
        {
            (sde["acr"], sde["iss"]) = (view["acr"]?.DeepClone(), view["claims"]!["iss"]?.DeepClone());
            sdes.Add(sde);
        }

        foreach (var sde in Sdes(view["authenticatedData"]))
        {
            sde["auth"] = new JsonObject();
            sdes.Add(sde);
        }

        var (mail, telephone) = (Text(view["privateData"], "mail"), Text(view["privateData"], "mobileNum"));
        var person = new JsonObject();
        if (Text(view, "firstName") is { } first) person["firstname"] = first;
        if (Text(view, "lastName") is { } last) person["lastname"] = last;
        if (mail is not null || telephone is not null) person["contacts"] = new JsonArray(new JsonObject { ["email"] = mail ?? "", ["phone"] = telephone ?? "" });
        if (telephone is not null) sdes.Add(new JsonObject { ["type"] = "ctmrinfo", ["info"] = new JsonObject { ["imei"] = telephone } });
        if (person.Count > 0) sdes.Add(new JsonObject { ["type"] = "personal", ["personal"] = person });
        return sdes;
    }

    private static IEnumerable<JsonObject> Sdes(JsonNode? owner) =>
        owner?["lp_sdes"] is JsonArray sdes ? sdes.OfType<JsonObject>().Select(sde => sde.DeepClone().AsObject()) : [];

    private static string? Text(JsonNode? owner, string name) => owner?[name] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    private static void Fill(JsonObject owner, IReadOnlyList<string> names)
    {
        foreach (var name in names) owner[name] ??= "";
    }

    private static JsonObject Child(JsonObject owner, string name)
    {
        if (owner[name] is JsonObject child) return child;
        owner[name] = child = [];
        return child;
    }
}
