// The table of units, and the longest one that stands at a place.
#include "extract_imp.h"
#include <pthread.h>

static const Unit units[] = {
#define UNIT(text, name, kind, family) {text, name, U_##kind, family},
#include "unit.def"
#undef UNIT
};

enum { N_UNITS = sizeof units / sizeof *units, SLOTS = 1024 };

// Chains of units by first character, built once from the table.
static struct {
  uint16_t head[SLOTS], next[N_UNITS];
  uint32_t first[N_UNITS];
} index_;

static void build(void) {
  for (size_t i = 0; i < N_UNITS; i++) {
    size_t k = 0;
    index_.first[i] = utf8_next(str_of(units[i].text), &k);
    uint16_t *head = &index_.head[index_.first[i] % SLOTS];
    index_.next[i] = *head;
    *head = (uint16_t)(i + 1);
  }
}

// The first thread that asks builds the index; the others wait for it.
static void ready(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  static _Thread_local bool seen;
  if (!seen)
    pthread_once(&once, build);
  seen = true;
}

// Words that begin with a counting word but are none: 3家庭, 10部门, 元旦.
static bool is_word(const Text *t, size_t i) {
  return text_any(t, i,
                  "元旦 元素 元宵 元首 元老 家庭 家长 家属 家乡 家电 家政 部门 "
                  "部队 部委 部分 人民 人大 人才 人事 人均 人社 人工智能 位置 "
                  "名单 名称 项目 条件 条例 处级 处长 组织 组长 队员 队伍 个人 "
                  "个体 件件 起来 期间 期末 期货 期刊 面积 面向 面对 节日 节能 "
                  "节约 门店 间接 块状 片区 对接 对口 对于 双方 双拥 单位 单元 "
                  "站点 村民 村级 村委 方案 方法 方式 方向 方便 里程 里面 首次 "
                  "首批 本次 本届 本报 本科 字号 分别 分钟数 分工 分类 分管 "
                  "分行 分公司 分会 所有 所属 道路 款项 套餐 台湾 支持 支部 "
                  "支付 份额 位于 次日 次年 头部 只有 把握 口岸 场所 场馆 场地 "
                  "升级 升至 方米 尾款 列入 列为 羽毛球 度过 单车 单价 票据 "
                  "口径 张掖 张家 对外 户外 户籍 户口 次要 股份 股权 盘活 "
                  "帮扶 束缚 条线 集团 集体 集中 集合 集市 集资 集聚 集群 集装 "
                  "集成 集结 集镇");
}

const Unit *unit_at(const Text *t, size_t i, size_t *len) {
  ready();
  const Unit *best = NULL;
  *len = 0;
  if (i >= t->n)
    return NULL;
  bool parted = text_any(t, i,
                         "个人民 个人大 个人才 个人均 个人社 个人工 个人口 "
                         "个人员 名单亲 名单身 名单位 家庭院 家家庭") > 0;
  uint16_t k = index_.head[t->c[i] % SLOTS];
  for (; k; k = index_.next[k - 1]) {
    if (index_.first[k - 1] != t->c[i])
      continue;
    size_t n = text_any(t, i, units[k - 1].text);
    if (n == 2 && parted)
      continue; // 15个|人民法院
    if (n > *len) {
      *len = n;
      best = &units[k - 1];
    }
  }
  if (best && *len == 1 && !parted && is_word(t, i)) {
    *len = 0;
    return NULL;
  }
  return best;
}
