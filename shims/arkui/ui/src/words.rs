//! Words that components and dialogs say by themselves, in the language of the app: English, and Chinese in both scripts. Other
//! languages read English.

/// English, simplified Chinese, traditional Chinese; by the English words.
static WORDS: &[[&str; 3]] = &[
    ["Add location", "添加位置", "新增位置"],
    ["Back", "返回", "返回"],
    ["Call", "呼叫", "呼叫"],
    ["Cancel", "取消", "取消"],
    ["Clock in/out from current location", "当前位置打卡", "目前位置打卡"],
    ["Copy", "复制", "複製"],
    ["Current location", "当前位置", "目前位置"],
    ["Cut", "剪切", "剪下"],
    ["Download", "下载", "下載"],
    ["Download & share", "下载并分享", "下載並分享"],
    ["Download file", "下载文件", "下載檔案"],
    ["Export", "导出", "匯出"],
    ["Get location", "获取位置", "取得位置"],
    ["Locate", "定位", "定位"],
    ["Location", "位置", "位置"],
    ["Lunar", "农历", "農曆"],
    ["More", "更多", "更多"],
    ["Navigate", "导航至该位置", "導航至此位置"],
    ["New email", "新建邮件", "新增郵件"],
    ["Next", "下一步", "下一步"],
    ["OK", "确定", "確定"],
    ["Open", "打开", "開啟"],
    ["Paste", "粘贴", "貼上"],
    ["Save", "保存", "儲存"],
    ["Save all", "全部保存", "全部儲存"],
    ["Save file", "保存文件", "儲存檔案"],
    ["Save image", "保存图片", "儲存圖片"],
    ["Save to Gallery", "保存至图库", "儲存至圖庫"],
    ["Search", "搜索", "搜尋"],
    ["Select all", "全选", "全選"],
    ["Select location", "选择位置", "選取位置"],
    ["Send current location", "发送当前位置", "傳送目前位置"],
    ["Send location", "发送位置", "傳送位置"],
    ["Send message", "发送信息", "傳送訊息"],
    ["Share location", "分享位置", "分享位置"],
    ["Skip", "跳过", "略過"],
    ["Start", "开始", "開始"],
];

/// An English word in the language of a locale (`zh-Hans-CN`, `en-US` …); the word itself where it is not known.
pub fn word<'a>(locale: &str, english: &'a str) -> &'a str {
    let mut parts = locale.split(['-', '_']);
    if parts.next() != Some("zh") {
        return english;
    }
    let traditional = match parts.find(|part| matches!(*part, "Hans" | "Hant" | "CN" | "SG" | "TW" | "HK" | "MO")) {
        Some("Hant" | "TW" | "HK" | "MO") => true,
        Some(_) | None => false,
    };
    let row = WORDS.binary_search_by(|row| row[0].cmp(english)).ok().and_then(|at| WORDS.get(at));
    row.map_or(english, |row| row[if traditional { 2 } else { 1 }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_language() {
        assert!(WORDS.is_sorted_by_key(|row| row[0]));
        assert_eq!(word("en-US", "Cancel"), "Cancel");
        assert_eq!(word("zh-CN", "Cancel"), "取消");
        assert_eq!(word("zh-Hans-HK", "OK"), "确定");
        assert_eq!(word("zh-Hant", "OK"), "確定");
        assert_eq!(word("zh_TW", "Select all"), "全選");
        assert_eq!(word("zh", "no such word"), "no such word");
    }
}
